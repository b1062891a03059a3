package hudson.tasks;

import hudson.model.Describable;

/** Signature only. */
public abstract class Publisher extends BuildStepCompatibilityLayer implements Describable<Publisher> {
    protected Publisher() {}
}
