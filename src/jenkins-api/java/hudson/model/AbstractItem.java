package hudson.model;

import hudson.security.AccessControlled;

/** Signature only. */
public abstract class AbstractItem extends Actionable implements Item, AccessControlled, DescriptorByNameOwner {
    protected AbstractItem(ItemGroup parent, String name) {}

    public String getDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public final String getFullDisplayName() {
        throw new UnsupportedOperationException("signature only");
    }

    public ItemGroup getParent() {
        throw new UnsupportedOperationException("signature only");
    }

    public final String getFullName() {
        throw new UnsupportedOperationException("signature only");
    }
}
