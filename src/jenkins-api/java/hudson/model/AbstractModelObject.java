package hudson.model;

/** Signature only. */
public abstract class AbstractModelObject {
    public AbstractModelObject() {}
}
