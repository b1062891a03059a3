package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;

/**
 * What a build made, as whoever built it remembers it: kept where neither a branch nor a registry can write, so that signing
 * can tell what was built from what somebody put in its place.
 *
 * @param by whose memory it is, for people: "this machine's build-rc", "build #12"
 * @param contents the candidate as it was built
 */
public record BuildRecord(int schemaVersion, String by, CandidateId candidate, Candidate contents) {
    public BuildRecord {
        if (schemaVersion != 1 || by == null || candidate == null || contents == null) {
            throw ReleaseException.failed(
                    "Not a record of a build: expected schemaVersion 1, by, candidate and contents.");
        }
        if (!candidate.version().equals(contents.version())) {
            throw ReleaseException.failed("Not a record of " + candidate + ": it holds " + contents.version() + ".");
        }
    }

    public BuildRecord(String by, CandidateId candidate, Candidate contents) {
        this(1, by, candidate, contents);
    }

    /** Digest of the manifest that the build gave its name in staging. */
    public Digest manifest() {
        return new CandidateDocuments(contents).unsigned().digest();
    }
}
