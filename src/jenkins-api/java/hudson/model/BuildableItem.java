package hudson.model;

/** Signature only. */
public interface BuildableItem extends Item, Queue.Task {}
