package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;

/**
 * {@code withdrawal.json}: a release is taken back. Its names and bytes stay; whoever looks is told.
 *
 * @param reason for whoever has it
 * @param signedBy fingerprint of the key
 * @param withdrawn in UTC
 */
public record Withdrawal(
        int schemaVersion,
        String project,
        Version version,
        String candidate,
        Digest digest,
        String reason,
        String signedBy,
        Instant withdrawn) {
    public static final String FILE = "withdrawal.json";

    /** For people, after the version: "was withdrawn at ...: reason". */
    public String phrase() {
        return "was withdrawn at " + withdrawn + ": " + reason;
    }
}
