package hudson.model;

/** Signature only. */
public interface ModifiableViewGroup extends ViewGroup {}
