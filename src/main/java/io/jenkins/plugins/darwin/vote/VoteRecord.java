package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A vote as it is stored, signed and attached to its candidate: while it runs, and when it has ended. The tally in the
 * text of a running vote is by the policy alone.
 *
 * <p>The bytes are canonical (one vote, one text: fixed order of keys, UTF-8, line feeds), and reading them replays every
 * event: a record whose tally or outcome does not follow from its ballots is refused.
 */
public record VoteRecord(String project, Vote vote) {
    /** Name of the file beside a candidate. */
    public static final String FILE = "votes.json";
    /** artifactType of the record in the registry. */
    public static final String MEDIA_TYPE = "application/vnd.darwin.release.vote.v1+json";

    private static final int LARGEST = 16 * 1024 * 1024;

    /** The canonical bytes. */
    public byte[] toJson() {
        return VoteJson.write(this).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a record and checks it against its own ballots. Its signature is checked by whoever fetched it.
     *
     * @throws ReleaseException refused, when it is damaged, of another schema, or not true to its ballots
     */
    public static VoteRecord parse(byte[] json) {
        if (json.length > LARGEST) {
            throw ReleaseException.refused(
                    "The vote record is too large: expected at most " + LARGEST + " bytes, found " + json.length + ".");
        }
        VoteRecord read = VoteJson.read(json);
        if (!Arrays.equals(read.toJson(), json)) {
            throw ReleaseException.refused("The vote record on " + read.vote.candidate()
                    + " is not what its ballots give: its tally, outcome or text was changed.");
        }
        return read;
    }

    /** Empty while the vote runs. */
    public Optional<Outcome> outcome() {
        return vote.closing().map(VoteEvent.Closing::outcome);
    }

    /**
     * Refuses everything but a vote that lets this very candidate pass.
     *
     * @throws ReleaseException refused
     */
    public void requirePassed(Digest candidate) {
        if (!vote.digest().equals(candidate)) {
            throw ReleaseException.refused("The vote record belongs to another candidate: expected " + candidate
                    + ", found " + vote.digest() + ".");
        }
        Outcome outcome = outcome()
                .orElseThrow(() -> ReleaseException.refused("The vote on " + vote.candidate() + " is still open until "
                        + Words.time(vote.deadline()) + "; close it first."));
        if (!outcome.passes()) {
            throw ReleaseException.refused("The vote on " + vote.candidate() + " " + outcome.phrase() + ": "
                    + vote.tally(Vote.ANYBODY).summary() + "; build a new candidate.");
        }
    }
}
