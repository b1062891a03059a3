package hudson.scm;

import hudson.model.Describable;

/** Signature only. */
public abstract class SCM implements Describable<SCM> {
    public SCM() {}
}
