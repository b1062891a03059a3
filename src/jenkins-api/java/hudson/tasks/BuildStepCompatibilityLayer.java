package hudson.tasks;

/** Signature only. */
public abstract class BuildStepCompatibilityLayer implements BuildStep {}
