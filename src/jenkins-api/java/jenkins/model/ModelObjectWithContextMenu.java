package jenkins.model;

import hudson.model.ModelObject;

/** Signature only. */
public interface ModelObjectWithContextMenu extends ModelObject {}
