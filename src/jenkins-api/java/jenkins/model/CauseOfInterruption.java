package jenkins.model;

import java.io.Serializable;

/** Signature only. */
public abstract class CauseOfInterruption implements Serializable {
    /** Signature only. */
    public static final class UserInterruption extends CauseOfInterruption {
        private UserInterruption() {}

        public String getUserId() {
            throw new UnsupportedOperationException("signature only");
        }
    }
}
