package hudson.tasks;

/** Signature only. */
public interface BuildStep {}
