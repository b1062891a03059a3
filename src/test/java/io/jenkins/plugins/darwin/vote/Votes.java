package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.BallotWithdrawal;
import io.jenkins.plugins.darwin.vote.VoteEvent.Extension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Short words for the tests of this package. */
final class Votes {
    static final CandidateId RC1 = CandidateId.parse("1.3.0-RC1");
    static final Digest DIGEST = Digest.sha256("candidate".getBytes(StandardCharsets.UTF_8));
    static final Digest OTHER = Digest.sha256("another".getBytes(StandardCharsets.UTF_8));
    static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    static final List<String> CHECKLIST = List.of("installation", "upgrade");
    static final String REASON = "the scheduler crashes";

    private Votes() {}

    static VotePolicy policy(List<String> voters, int quorum, Optional<Boolean> closeEarly) {
        return new VotePolicy(voters, List.of(), quorum, 48, 24, closeEarly, CHECKLIST);
    }

    /** Alice, Bob and Carol, of whom two are enough; 48 hours, careful early close after 24. */
    static Vote open() {
        return open(policy(List.of("alice", "bob", "carol"), 2, Optional.empty()));
    }

    static Vote open(VotePolicy policy) {
        return Vote.open(RC1, DIGEST, policy, START, "rita");
    }

    static Instant hour(int hours) {
        return START.plus(Duration.ofHours(hours));
    }

    static Ballot ballot(String voter, Choice choice, int hours) {
        return ballot(UUID.randomUUID().toString(), voter, choice, hours, Map.of());
    }

    static Ballot ballot(String id, String voter, Choice choice, int hours, Map<String, CheckMark> checks) {
        return new Ballot(
                id,
                voter,
                choice,
                choice == Choice.MINUS_ONE ? REASON : "",
                checks,
                hour(hours),
                DIGEST,
                Optional.empty());
    }

    static BallotWithdrawal back(Ballot ballot, String by, int hours) {
        return new BallotWithdrawal(ballot.id(), by, hour(hours), Optional.empty());
    }

    static Extension until(int deadline, int at) {
        return new Extension(hour(deadline), "too few have voted", "rita", hour(at));
    }
}
