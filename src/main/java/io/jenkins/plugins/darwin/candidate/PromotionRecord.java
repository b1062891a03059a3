package io.jenkins.plugins.darwin.candidate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code promotion.json}: what was given which names, by whom, when.
 *
 * @param names public references, with what each leads to
 * @param signedBy fingerprint of the key
 * @param promoted in UTC
 * @param policyAccepted why a vote under a weaker policy than trunk's was good enough
 * @param open what was refused after the point of no return when this was written; whether it still is, looking tells
 */
public record PromotionRecord(
        int schemaVersion,
        String project,
        Version version,
        String candidate,
        Digest digest,
        CommitId commit,
        String tag,
        Map<String, Digest> names,
        String signedBy,
        Instant promoted,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Open> open,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> policyAccepted) {
    public static final String FILE = "promotion.json";

    public PromotionRecord {
        names = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(names));
        open = open == null ? List.of() : List.copyOf(open);
        policyAccepted = policyAccepted == null ? Optional.empty() : policyAccepted;
    }

    /** @param why in a sentence */
    public record Open(String kind, String target, String expected, String why) {}

    /** Whether both say the same of the public: when, by whom, and what was open then may differ. */
    public boolean agrees(PromotionRecord other) {
        return project.equals(other.project)
                && version.equals(other.version)
                && candidate.equals(other.candidate)
                && digest.equals(other.digest)
                && commit.equals(other.commit)
                && tag.equals(other.tag)
                && names.equals(other.names);
    }
}
