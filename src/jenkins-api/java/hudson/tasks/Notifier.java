package hudson.tasks;

import hudson.ExtensionPoint;

/** Signature only. */
public abstract class Notifier extends Publisher implements ExtensionPoint {
    protected Notifier() {}
}
