package com.cloudbees.hudson.plugins.folder;

import hudson.model.AbstractDescribableImpl;
import hudson.model.ReconfigurableDescribable;

/** Signature only. */
public abstract class AbstractFolderProperty<C extends AbstractFolder<?>>
        extends AbstractDescribableImpl<AbstractFolderProperty<?>>
        implements ReconfigurableDescribable<AbstractFolderProperty<?>> {
    public AbstractFolderProperty() {}
}
