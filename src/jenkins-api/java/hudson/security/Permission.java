package hudson.security;

import org.jvnet.localizer.Localizable;

/** Signature only. */
public final class Permission {
    private Permission() {}

    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, PermissionScope scope) {}
}
