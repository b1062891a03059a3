package hudson.model;

/** Signature only. */
public interface DescriptorByNameOwner extends ModelObject {}
