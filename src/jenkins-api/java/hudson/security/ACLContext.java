package hudson.security;

/** Signature only. */
public class ACLContext implements AutoCloseable {
    private ACLContext() {}

    public void close() {
        throw new UnsupportedOperationException("signature only");
    }
}
