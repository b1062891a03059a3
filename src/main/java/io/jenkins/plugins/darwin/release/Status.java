package io.jenkins.plugins.darwin.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.candidate.Withdrawals;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.vote.Tally;
import io.jenkins.plugins.darwin.vote.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /**
     * @param vote the outcome, or the tally so far; empty when no vote was opened
     * @param evidence what trusted keys state on it, oldest first
     * @param missing what trunk's policy asks for and is not there or not good, a clause each
     */
    public record CandidateStatus(
            CandidateId candidate,
            CommitId commit,
            Optional<Digest> digest,
            boolean signed,
            Optional<String> vote,
            List<Stated> evidence,
            List<String> missing) {}

    /** One statement on a candidate. */
    public record Stated(String type, String state, String summary, Optional<Instant> made, String by) {}

    /**
     * @param head of the branch
     * @param open of a released version: what is not settled, such as a merge that waits for a pull request
     * @param withdrawn that a release was taken back, when and why
     * @param next what a release manager does now
     * @param timeline people and dates; empty while nobody recorded any
     * @param missing fixes that trunk got since the cut and the branch has not
     */
    public record Result(
            Version version,
            Phase phase,
            Optional<String> branch,
            Optional<CommitId> head,
            List<CandidateStatus> candidates,
            Optional<String> tag,
            List<Change> open,
            Optional<String> withdrawn,
            @JsonIgnore List<Next> next,
            Optional<LineTimeline> timeline,
            List<Radar.Missing> missing) {}

    private final Workspace workspace;
    private final Version version;
    private final Set<String> warnings = new LinkedHashSet<>();

    public Status(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.version = version;
    }

    /** A candidate, and the vote on it as it stands. */
    private record Seen(CandidateStatus status, Optional<Vote> vote) {}

    public Result look() {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        CandidateStore store = line.candidates();
        List<Seen> all = new ArrayList<>();
        SignedCandidates signed = line.signedCandidates(Optional.empty());
        signed.all().stream().map(c -> signed(line, c)).forEach(all::add);
        signed.warning().ifPresent(warnings::add);
        store.built(version).stream()
                .filter(id -> all.stream().noneMatch(s -> s.status().candidate().equals(id)))
                .flatMap(id -> built(store, id).stream())
                .map(c -> new Seen(status(c, Optional.empty(), Optional.empty()), Optional.empty()))
                .forEach(all::add);
        Optional<String> tag = workspace.tagged(version).map(TagRef::commit).map(c -> workspace.tagName(version));
        Phase phase = phase(line, all, tag);
        Optional<String> withdrawn = phase == Phase.RELEASED ? withdrawn(line) : Optional.empty();
        List<Change> open = phase == Phase.RELEASED && withdrawn.isEmpty() ? OpenEnds.of(workspace, line) : List.of();
        return new Result(
                version,
                phase,
                line.branch(),
                line.head(),
                all.stream().map(Seen::status).toList(),
                tag,
                open,
                withdrawn,
                withdrawn.isPresent()
                        ? List.of()
                        : open.isEmpty() ? next(phase, all) : Next.of(version, Next.Act.PROMOTE),
                timeline(line, phase, all),
                phase == Phase.RELEASED ? List.of() : Radar.of(workspace, line));
    }

    private Optional<String> withdrawn(ReleaseLine line) {
        CandidateStore released = line.released();
        return TrustedKeys.find(workspace, line.trunk())
                .flatMap(trusted -> released.findNamed(version.toString())
                        .flatMap(c -> new Withdrawals(released, c, Optional.of(line.notes())).find(trusted)))
                .map(w -> version + " " + w.phrase());
    }

    private Optional<LineTimeline> timeline(ReleaseLine line, Phase phase, List<Seen> all) {
        Set<Milestone> done = EnumSet.noneOf(Milestone.class);
        if (line.branch().isPresent() || phase == Phase.RELEASED) {
            done.addAll(Set.of(Milestone.TIMELINE, Milestone.SCOPE_FREEZE));
        }
        if (!all.isEmpty()) {
            done.addAll(Set.of(Milestone.CODE_FREEZE, Milestone.CANDIDATE));
        }
        if (all.stream().anyMatch(s -> s.status().vote().isPresent())) {
            done.add(Milestone.VOTE);
        }
        if (phase == Phase.RELEASED) {
            done.addAll(EnumSet.range(Milestone.TIMELINE, Milestone.RELEASE));
        }
        LineTimeline timeline = LineTimeline.of(workspace, line.trunkConfig(), version, done);
        warnings.addAll(timeline.warnings());
        return Optional.of(timeline).filter(t -> !t.isEmpty());
    }

    /** A build nobody answers for yet; what has its name and is none is somebody else's. */
    private Optional<StagedCandidate> built(CandidateStore store, CandidateId id) {
        try {
            return store.findBuilt(id);
        } catch (ReleaseException e) {
            if (e.kind() == ReleaseException.Kind.FAILED) {
                throw e;
            }
            warnings.add(e.getMessage());
            return Optional.empty();
        }
    }

    /** What people should know although nothing failed; after {@link #look}. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private Seen signed(ReleaseLine line, StagedCandidate candidate) {
        VoteStore votes = line.vote(candidate);
        Optional<String> fault = votes.record().flatMap(VoteStore.SignedRecord::fault);
        Optional<Vote> vote = fault.isPresent() ? Optional.empty() : votes.find();
        warnings.addAll(votes.warnings());
        RequiredEvidence evidence = RequiredEvidence.of(workspace, line, candidate);
        evidence.warning().ifPresent(warnings::add);
        return new Seen(status(candidate, fault.or(() -> vote.map(Status::vote)), Optional.of(evidence)), vote);
    }

    private static CandidateStatus status(
            StagedCandidate candidate, Optional<String> vote, Optional<RequiredEvidence> evidence) {
        return new CandidateStatus(
                candidate.id(),
                candidate.candidate().commit(),
                candidate.signed() ? Optional.of(candidate.digest()) : Optional.empty(),
                candidate.signed(),
                vote,
                evidence.stream()
                        .flatMap(e -> e.evidence().stream())
                        .map(e -> new Stated(
                                e.kind(),
                                e.judgement().state().word(),
                                e.judgement().summary(),
                                e.made(),
                                e.by()))
                        .toList(),
                evidence.map(RequiredEvidence::missing).orElse(List.of()));
    }

    private static String vote(Vote vote) {
        Tally tally = vote.tally(Vote.ANYBODY);
        return vote.closing().map(c -> c.outcome().phrase()).orElse("open until " + vote.deadline()) + " ("
                + tally.summary() + ")";
    }

    private static Phase phase(ReleaseLine line, List<Seen> all, Optional<String> tag) {
        if (tag.isPresent()) {
            return Phase.RELEASED;
        }
        if (line.branch().isEmpty()) {
            return Phase.NOT_CUT;
        }
        if (all.isEmpty()) {
            return Phase.STABILIZATION;
        }
        Seen last = all.get(all.size() - 1);
        if (!last.status().commit().equals(line.requireHead())) {
            return Phase.STABILIZATION; // the branch has moved on: the next candidate is due
        }
        if (!last.status().signed()) {
            return Phase.BUILT;
        }
        if (last.vote().isEmpty()) {
            return last.status().vote().isPresent() ? Phase.VOTE_FAILED : Phase.VOTE_TO_OPEN;
        }
        return last.vote()
                .get()
                .closing()
                .map(c -> c.outcome().passes() ? Phase.VOTE_PASSED : Phase.VOTE_FAILED)
                .orElse(Phase.VOTING);
    }

    private List<Next> next(Phase phase, List<Seen> all) {
        boolean moreTime = phase == Phase.VOTE_FAILED
                && all.get(all.size() - 1)
                        .vote()
                        .flatMap(Vote::closing)
                        .filter(c -> c.outcome().mayGoOn())
                        .isPresent();
        if (moreTime) {
            return Next.of(version, Next.Act.EXTEND_VOTE);
        }
        return switch (phase) {
            case NOT_CUT -> Next.of(version, Next.Act.CUT);
            case STABILIZATION -> Next.of(version, Next.Act.BUILD);
            case BUILT -> Next.of(version, Next.Act.SIGN);
            case VOTE_TO_OPEN -> Next.of(version, Next.Act.OPEN_VOTE);
            case VOTING -> Next.of(version, Next.Act.VOTE);
            case VOTE_FAILED -> Next.of(version, Next.Act.BACKPORT, Next.Act.BUILD);
            case VOTE_PASSED -> Next.of(version, Next.Act.PROMOTE);
            case RELEASED -> Next.of(version, Next.Act.VERIFY);
        };
    }
}
