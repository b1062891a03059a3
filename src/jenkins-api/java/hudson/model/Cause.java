package hudson.model;

/** Signature only. */
public abstract class Cause {
    /** Signature only. */
    public static class UserIdCause extends Cause {
        public String getUserId() {
            throw new UnsupportedOperationException("signature only");
        }
    }
}
