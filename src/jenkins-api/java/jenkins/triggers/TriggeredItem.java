package jenkins.triggers;

import hudson.model.Item;

/** Signature only. */
public interface TriggeredItem extends Item {}
