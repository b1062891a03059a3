package hudson.model;

/** Signature only. */
public interface PersistentDescriptor extends Saveable {}
