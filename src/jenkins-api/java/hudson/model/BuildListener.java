package hudson.model;

/** Signature only. */
public interface BuildListener extends TaskListener {}
