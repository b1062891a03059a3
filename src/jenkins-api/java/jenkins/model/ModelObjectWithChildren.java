package jenkins.model;

import hudson.model.ModelObject;

/** Signature only. */
public interface ModelObjectWithChildren extends ModelObject {}
