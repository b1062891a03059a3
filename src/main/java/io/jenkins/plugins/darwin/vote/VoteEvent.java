package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Something that happened to a vote, in the order in which it was received. Times are kept to the millisecond. */
public sealed interface VoteEvent {
    /** When it was received, UTC. */
    Instant at();

    /**
     * What a voter says. The latest one of a voter counts; earlier ones stay in the record.
     *
     * @param id chosen by whoever sends it, so that a ballot sent twice counts once
     * @param voter ID of the person, in lower case
     * @param reason needed for a -1, of at least 10 characters; may be empty otherwise
     * @param checks items of the checklist; those left out were not run
     * @param digest of the candidate that the voter looked at
     * @param recordedBy who entered it for the voter, when the vote came by mail; empty when the voter did, logged in
     * @param signed the voter's own signature, when there was one
     */
    record Ballot(
            String id,
            String voter,
            Choice choice,
            String reason,
            Map<String, CheckMark> checks,
            Instant at,
            Digest digest,
            Optional<String> recordedBy,
            Optional<VoterSignature> signed)
            implements VoteEvent {
        /** One that nobody signed. */
        public Ballot(
                String id,
                String voter,
                Choice choice,
                String reason,
                Map<String, CheckMark> checks,
                Instant at,
                Digest digest,
                Optional<String> recordedBy) {
            this(id, voter, choice, reason, checks, at, digest, recordedBy, Optional.empty());
        }

        public Ballot {
            id = BallotId.check(id);
            voter = Words.person(voter);
            Objects.requireNonNull(choice);
            Objects.requireNonNull(digest);
            reason =
                    choice == Choice.MINUS_ONE ? Words.reason("reason for a -1", reason) : Words.text("reason", reason);
            checks = Collections.unmodifiableMap(new TreeMap<>(checks));
            at = at.truncatedTo(ChronoUnit.MILLIS);
            recordedBy = recordedBy.map(Words::person);
        }

        /** How it came, for people. */
        public String came() {
            return signed.map(s -> "signed by " + s.fingerprint())
                    .or(() -> recordedBy.map(by -> "recorded by " + by))
                    .orElse("session of Jenkins");
        }

        /** Whether the other is this one, sent again. */
        boolean repeats(Ballot other) {
            return voter.equals(other.voter)
                    && choice == other.choice
                    && reason.equals(other.reason)
                    && checks.equals(other.checks)
                    && digest.equals(other.digest);
        }
    }

    /**
     * What a voter's key signed.
     *
     * @param fingerprint of the voter's primary key, 40 hex digits
     * @param at when the voter signed, to the second
     */
    record VoterSignature(String fingerprint, Instant at) {
        public VoterSignature {
            fingerprint = Words.person(fingerprint).toUpperCase(java.util.Locale.ROOT);
            at = at.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /**
     * A voter takes the ballot back and has then not voted.
     *
     * @param by the ballot's author: nobody else may
     */
    record BallotWithdrawal(String ballot, String by, Instant at, Optional<String> recordedBy) implements VoteEvent {
        public BallotWithdrawal {
            ballot = BallotId.check(ballot);
            by = Words.person(by);
            at = at.truncatedTo(ChronoUnit.MILLIS);
            recordedBy = recordedBy.map(Words::person);
        }
    }

    /** More time. */
    record Extension(Instant deadline, String reason, String by, Instant at) implements VoteEvent {
        public Extension {
            deadline = deadline.truncatedTo(ChronoUnit.MILLIS);
            reason = Words.reason("reason for the extension", reason);
            by = Words.person(by);
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * The end: the last event, unless it was for want of votes and somebody gave the vote more time.
     *
     * @param reason empty when the votes alone decided
     * @param electorate who was eligible when it ended: of the voters that the policy names, and of those who voted
     */
    record Closing(Outcome outcome, Instant at, String by, String reason, List<String> electorate)
            implements VoteEvent {
        public Closing {
            at = at.truncatedTo(ChronoUnit.MILLIS);
            by = Words.person(by);
            electorate =
                    electorate.stream().map(Words::person).distinct().sorted().toList();
            reason = Words.text("reason", reason);
        }
    }
}
