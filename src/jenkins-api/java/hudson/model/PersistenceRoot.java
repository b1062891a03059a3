package hudson.model;

/** Signature only. */
public interface PersistenceRoot extends Saveable {}
