package io.jenkins.plugins.darwin.registry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long to try: a request that met 429, 5xx or a dropped connection is sent again after a pause that
 * doubles, with jitter, so that many clients don't come back at once.
 *
 * @param attempts in all, at least 1
 * @param first pause before the second attempt
 * @param longest no pause is longer, a server's Retry-After included
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofMillis(250), Duration.ofSeconds(30));
    /** For tests, and for callers that try again themselves. */
    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1");
        }
    }

    /** The pause after the given attempt, counted from 1: between half and all of first x 2^(attempt-1). */
    Duration pause(int attempt) {
        long whole = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    /** What the server asked for, if that is longer than our own pause, but never longer than we are willing to wait. */
    Duration pause(int attempt, Duration retryAfter) {
        Duration own = pause(attempt);
        Duration asked = retryAfter.compareTo(longest) > 0 ? longest : retryAfter;
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
