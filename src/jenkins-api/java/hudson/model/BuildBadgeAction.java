package hudson.model;

/** Signature only. */
public interface BuildBadgeAction extends Action {}
