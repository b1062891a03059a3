package hudson.model;

import hudson.security.AccessControlled;

/** Signature only. */
public interface ViewGroup extends Saveable, ModelObject, AccessControlled {}
