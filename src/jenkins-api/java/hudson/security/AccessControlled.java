package hudson.security;

/** Signature only. */
public interface AccessControlled {
    default boolean hasPermission(Permission permission) {
        throw new UnsupportedOperationException("signature only");
    }
}
