package hudson.model;

/** Signature only. */
public abstract class Actionable extends AbstractModelObject {
    public Actionable() {}
}
