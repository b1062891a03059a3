package hudson;

import hudson.model.Saveable;

/** Signature only. */
public abstract class Plugin implements Saveable {
    protected Plugin() {}
}
