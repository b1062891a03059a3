package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

/** Signature only. */
public interface Item extends PersistenceRoot, AccessControlled {
    Permission EXTENDED_READ = null;

    ItemGroup<? extends Item> getParent();
}
