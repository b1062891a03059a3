package hudson.model;

/** Signature only. */
public interface ModifiableItemGroup<T extends Item> extends ItemGroup<T> {}
