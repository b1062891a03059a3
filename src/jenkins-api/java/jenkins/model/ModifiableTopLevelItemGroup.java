package jenkins.model;

import hudson.model.ModifiableItemGroup;
import hudson.model.TopLevelItem;

/** Signature only. */
public interface ModifiableTopLevelItemGroup extends ModifiableItemGroup<TopLevelItem> {}
