package hudson.security;

/** Signature only. */
public final class Permission {
    private Permission() {}
}
