package hudson.model;

import hudson.security.AccessControlled;

/** Signature only. */
public abstract class AbstractItem extends Actionable implements Item, AccessControlled {
    protected AbstractItem(ItemGroup parent, String name) {}

    public ItemGroup getParent() {
        throw new UnsupportedOperationException("signature only");
    }
}
