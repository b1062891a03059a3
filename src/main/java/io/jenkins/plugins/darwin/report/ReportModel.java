package io.jenkins.plugins.darwin.report;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page about a release shows. Texts are plain: the page escapes them.
 *
 * @param summary one sentence under the title, for example how the release ended
 * @param candidate the candidate that the files and images belong to, the last one built; empty before the first
 * @param phases in the order in which they happened
 * @param votes one a candidate that was voted on, in order
 * @param changes what promotion did, in order; empty before it
 * @param commands what a reader can run to verify, in order
 */
public record ReportModel(
        String project,
        Version version,
        String summary,
        Optional<CandidateSummary> candidate,
        List<Phase> phases,
        List<FileRow> files,
        List<ImageRow> images,
        List<VoteSummary> votes,
        List<ChangeRow> changes,
        List<Command> commands) {
    public ReportModel {
        phases = List.copyOf(phases);
        files = List.copyOf(files);
        images = List.copyOf(images);
        votes = List.copyOf(votes);
        changes = List.copyOf(changes);
        commands = List.copyOf(commands);
    }

    /** How a phase, or a line of a checklist, stands. */
    public enum State {
        DONE,
        FAILED,
        WAITING
    }

    /**
     * A step of the release.
     *
     * @param started UTC
     * @param took how long it ran; empty when that says nothing, for example for a vote
     * @param details lines below the title
     */
    public record Phase(String title, Instant started, Optional<Duration> took, List<String> details, State state) {
        public Phase {
            details = List.copyOf(details);
        }
    }

    /**
     * The candidate shown.
     *
     * @param digest of its manifest: what was voted on
     * @param commit that it was built from
     * @param signer the signing key
     * @param promoted what promotion published, to be seen beside what was voted on; empty before it
     */
    public record CandidateSummary(
            CandidateId id, Digest digest, CommitId commit, Optional<Signer> signer, Optional<Digest> promoted) {}

    /** A signing key, for people; the fingerprint in hex digits. */
    public record Signer(String userId, String fingerprint) {}

    /** What is known about a file's detached signature. */
    public enum Signature {
        GOOD,
        BAD,
        MISSING,
        /** Needs none: it is itself a signature, a checksum or the public keys. */
        NOT_NEEDED
    }

    /** @param size in bytes */
    public record FileRow(String name, long size, Digest sha512, Signature signature) {}

    /** @param reference where it can be pulled from */
    public record ImageRow(String name, Digest digest, String reference) {}

    /** A ballot's choice. */
    public enum Choice {
        APPROVE,
        ABSTAIN,
        VETO
    }

    /** How a voter found one line of the checklist. */
    public enum Check {
        PASSED,
        FAILED,
        NOT_RUN
    }

    /**
     * The vote on one candidate.
     *
     * @param digest what was voted on
     * @param outcome for people, for example {@code passed} or {@code vetoed}
     * @param passed whether the candidate may be promoted; empty while the vote is open
     * @param checklist the columns of the matrix
     * @param ballots all of them, changed ones too, in the order in which they were cast
     */
    public record VoteSummary(
            CandidateId candidate,
            Digest digest,
            String outcome,
            Optional<Boolean> passed,
            int quorum,
            List<String> checklist,
            List<BallotRow> ballots) {
        public VoteSummary {
            checklist = List.copyOf(checklist);
            ballots = List.copyOf(ballots);
        }
    }

    /**
     * One ballot.
     *
     * @param binding whether it counts towards the quorum
     * @param reason may be empty for a +1
     * @param checks by line of the checklist; a line that is missing was not run
     * @param superseded whether the same voter cast a later one
     */
    public record BallotRow(
            String voter,
            boolean binding,
            Choice choice,
            String reason,
            Map<String, Check> checks,
            Instant cast,
            boolean superseded) {
        public BallotRow {
            checks = Map.copyOf(checks);
        }
    }

    /** What became of a change of the plan. */
    public enum ChangeState {
        /** It was made by this promotion. */
        MADE,
        /** It was already as wanted. */
        DONE,
        /** It is still to be made, in a dry run. */
        ABSENT,
        /** Something else was there. */
        CONFLICT,
        /** Refused after the point of no return; a later run or a person settles it. */
        OPEN
    }

    /**
     * One change of the promotion's plan.
     *
     * @param kind for example {@code image tag} or {@code git tag}
     * @param target what it changed
     * @param detail for example the digest that the name points to now, or what was found in a conflict; may be empty
     */
    public record ChangeRow(String kind, String target, String detail, ChangeState state) {}

    /**
     * Something to paste into a shell.
     *
     * @param title what it shows
     * @param lines of a shell
     */
    public record Command(String title, List<String> lines) {
        public Command {
            lines = List.copyOf(lines);
        }
    }
}
