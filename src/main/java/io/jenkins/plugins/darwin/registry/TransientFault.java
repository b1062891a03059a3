package io.jenkins.plugins.darwin.registry;

import java.io.IOException;
import java.time.Duration;

/** A failure that may pass: a dropped connection, 429 or 5xx. Its message is the reason, for people. */
final class TransientFault extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Duration retryAfter;

    TransientFault(String reason, Throwable cause) {
        this(reason, cause, Duration.ZERO);
    }

    TransientFault(String reason, Throwable cause, Duration retryAfter) {
        super(reason, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the server asked us to wait. */
    Duration retryAfter() {
        return retryAfter;
    }
}
