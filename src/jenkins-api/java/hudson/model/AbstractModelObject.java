package hudson.model;

import hudson.search.SearchableModelObject;

/** Signature only. */
public abstract class AbstractModelObject implements SearchableModelObject {
    public AbstractModelObject() {}
}
