package hudson.model;

/** Signature only. */
public interface TopLevelItem extends Item, Describable<TopLevelItem> {}
