package hudson.model;

import hudson.ExtensionPoint;

/** Signature only. */
public abstract class DescriptorVisibilityFilter implements ExtensionPoint {
    public DescriptorVisibilityFilter() {}

    @SuppressWarnings("rawtypes")
    public abstract boolean filter(Object context, Descriptor descriptor);
}
