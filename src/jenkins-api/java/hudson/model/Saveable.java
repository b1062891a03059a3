package hudson.model;

/** Signature only. */
public interface Saveable {}
