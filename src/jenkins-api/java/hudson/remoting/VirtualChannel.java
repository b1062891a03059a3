package hudson.remoting;

/** Signature only. */
public interface VirtualChannel {}
