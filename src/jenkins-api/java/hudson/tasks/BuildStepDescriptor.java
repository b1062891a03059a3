package hudson.tasks;

import hudson.model.Describable;
import hudson.model.Descriptor;

/** Signature only. */
public abstract class BuildStepDescriptor<T extends BuildStep & Describable<T>> extends Descriptor<T> {
    protected BuildStepDescriptor() {}
}
