package jenkins.model;

import hudson.model.ModelObject;

/** Signature only. */
public interface HistoricalBuild extends ModelObject {}
