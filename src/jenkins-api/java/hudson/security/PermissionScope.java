package hudson.security;

/** Signature only. */
public final class PermissionScope {
    private PermissionScope() {}

    public static final PermissionScope ITEM = null;
}
