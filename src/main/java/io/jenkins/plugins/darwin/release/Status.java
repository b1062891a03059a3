package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.vote.Tally;
import io.jenkins.plugins.darwin.vote.Vote;
import java.util.List;
import java.util.Optional;

/** Where a release stands, from Git and the registries alone. */
public final class Status {
    /** In the order of the process; a release is in the first that is not over. */
    public enum Phase {
        NOT_CUT,
        STABILIZATION,
        BUILT,
        VOTE_TO_OPEN,
        VOTING,
        VOTE_FAILED,
        VOTE_PASSED,
        RELEASED
    }

    /** @param vote the outcome, or the tally so far; empty when no vote was opened */
    public record CandidateStatus(
            CandidateId candidate, CommitId commit, Optional<Digest> digest, boolean signed, Optional<String> vote) {}

    /**
     * @param head of the branch
     * @param open of a released version: what is not settled, such as a merge that waits for a pull request
     * @param next what a release manager does now
     */
    public record Result(
            Version version,
            Phase phase,
            Optional<String> branch,
            Optional<CommitId> head,
            List<CandidateStatus> candidates,
            Optional<String> tag,
            List<Change> open,
            String next) {}

    private final Workspace workspace;
    private final Version version;

    public Status(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.version = version;
    }

    public Result look() {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        Optional<String> branch = line.branch();
        Optional<CommitId> head = line.head();
        CandidateStore store = line.candidates();
        List<CandidateStatus> signed = store.signed(version).stream()
                .flatMap(id -> store.findSigned(id).stream())
                .map(c -> status(store, c))
                .toList();
        List<CandidateStatus> all = new java.util.ArrayList<>(signed);
        store.built(version).stream()
                .filter(id -> signed.stream().noneMatch(s -> s.candidate().equals(id)))
                .flatMap(id -> store.findBuilt(id).stream())
                .map(c -> status(store, c))
                .forEach(all::add);
        Optional<String> tag =
                workspace.tagged(version).map(TagRef::commit).map(c -> workspace.tagName(version));
        Phase phase = phase(branch, head, store, all, tag);
        List<Change> open = phase == Phase.RELEASED ? OpenEnds.of(workspace, line) : List.of();
        return new Result(version, phase, branch, head, all, tag, open, open.isEmpty() ? next(phase) : settle());
    }

    private static CandidateStatus status(CandidateStore store, StagedCandidate candidate) {
        Optional<Vote> vote = candidate.signed() ? VoteStore.find(store, candidate) : Optional.empty();
        return new CandidateStatus(
                candidate.id(),
                candidate.candidate().commit(),
                candidate.signed() ? Optional.of(candidate.digest()) : Optional.empty(),
                candidate.signed(),
                vote.map(Status::vote));
    }

    private static String vote(Vote vote) {
        Tally tally = vote.tally(Vote.ANYBODY);
        return vote.closing().map(c -> c.outcome().phrase()).orElse("open until " + vote.deadline()) + " ("
                + tally.summary() + ")";
    }

    private Phase phase(
            Optional<String> branch,
            Optional<CommitId> head,
            CandidateStore store,
            List<CandidateStatus> all,
            Optional<String> tag) {
        if (tag.isPresent()) {
            return Phase.RELEASED;
        }
        if (branch.isEmpty()) {
            return Phase.NOT_CUT;
        }
        if (all.isEmpty()) {
            return Phase.STABILIZATION;
        }
        CandidateStatus last = all.get(all.size() - 1);
        if (!last.commit().equals(head.orElseThrow())) {
            return Phase.STABILIZATION; // the branch has moved on: the next candidate is due
        }
        if (!last.signed()) {
            return Phase.BUILT;
        }
        Optional<Vote> vote = store.findSigned(last.candidate()).flatMap(c -> VoteStore.find(store, c));
        if (vote.isEmpty()) {
            return Phase.VOTE_TO_OPEN;
        }
        return vote.get()
                .closing()
                .map(c -> c.outcome().passes() ? Phase.VOTE_PASSED : Phase.VOTE_FAILED)
                .orElse(Phase.VOTING);
    }

    private String settle() {
        return "settle what is open, then darwin promote " + version + " to see it settled";
    }

    private String next(Phase phase) {
        return switch (phase) {
            case NOT_CUT -> "darwin cut " + version;
            case STABILIZATION -> "darwin build-rc " + version;
            case BUILT -> "darwin sign " + version;
            case VOTE_TO_OPEN -> "darwin vote " + version + " open";
            case VOTING -> "darwin vote " + version + " cast, then close";
            case VOTE_FAILED -> "fix on trunk, darwin backport " + version + " COMMIT, then darwin build-rc " + version;
            case VOTE_PASSED -> "darwin promote " + version;
            case RELEASED -> "nothing; darwin verify " + version + " shows that it stands";
        };
    }
}
