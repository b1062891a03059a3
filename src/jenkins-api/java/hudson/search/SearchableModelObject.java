package hudson.search;

import hudson.model.ModelObject;

/** Signature only. */
public interface SearchableModelObject extends ModelObject {}
