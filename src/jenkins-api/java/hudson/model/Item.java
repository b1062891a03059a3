package hudson.model;

import hudson.search.SearchableModelObject;
import hudson.security.AccessControlled;
import hudson.security.Permission;

/** Signature only. */
public interface Item extends PersistenceRoot, SearchableModelObject, AccessControlled {
    Permission EXTENDED_READ = null;

    Permission READ = null;

    ItemGroup<? extends Item> getParent();
}
