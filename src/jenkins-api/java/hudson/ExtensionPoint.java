package hudson;

/** Signature only. */
public interface ExtensionPoint {}
