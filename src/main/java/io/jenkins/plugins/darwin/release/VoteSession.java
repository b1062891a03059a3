package io.jenkins.plugins.darwin.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.chart.ChartKind;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.notes.ReleaseNotes;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Tally;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteMail;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** P5 for teams that vote by mail: the release manager opens the vote on the newest candidate, records ballots, closes it. */
public final class VoteSession {
    /**
     * @param outcome empty while the vote runs; {@code vote} in JSON, where {@code outcome} is that of the command
     * @param mail what the team is to read next
     */
    public record Result(
            CandidateId candidate,
            Digest digest,
            @JsonProperty("vote") Optional<Outcome> outcome,
            Instant deadline,
            Tally tally,
            List<VoteEvent.Ballot> ballots,
            Optional<VoteMail> mail) {}

    private final Workspace workspace;
    private final ReleaseConfig config;
    private final CandidateStore store;
    private final StagedCandidate candidate;
    private final ReleaseLine line;

    /** @throws ReleaseException refused, when there is no signed candidate of the version */
    public VoteSession(Workspace workspace, Version version) {
        this.workspace = workspace;
        this.line = ReleaseLine.of(workspace, version);
        this.config = line.config();
        this.store = line.candidates();
        this.candidate = store.lastSigned(version)
                .flatMap(store::findSigned)
                .orElseThrow(() -> ReleaseException.refused("There is no signed candidate of " + version + " in "
                        + store.repository().reference() + " to vote on: run 'darwin build-rc " + version
                        + "' and 'darwin sign " + version + "' first."));
    }

    public Digest digest() {
        return candidate.digest();
    }

    /** @param hours instead of the policy's */
    public UseCase<Result> open(Optional<Integer> hours) {
        return () -> {
            Optional<Vote> existing = VoteStore.find(store, candidate);
            existing.flatMap(Vote::closing).ifPresent(closing -> {
                throw ReleaseException.refused("The vote on " + candidate.id() + " has ended and "
                        + closing.outcome().phrase() + "; a new vote needs a new candidate.");
            });
            Instant now = workspace.clock().instant();
            Vote vote = existing.orElseGet(() -> Vote.open(
                    candidate.id(),
                    candidate.digest(),
                    config.vote(),
                    now,
                    now.plus(Duration.ofHours(hours.orElse(config.vote().hours()))),
                    config.author().email()));
            String expected = "open until " + vote.deadline();
            Plan plan = new Plan()
                    .add(
                            existing.isPresent()
                                    ? Change.done("vote", candidate.id().toString(), expected)
                                    : Change.absent("vote", candidate.id().toString(), expected),
                            () -> VoteStore.save(store, candidate, vote));
            return new UseCase.Planned<>(
                    plan,
                    KeyLife.warnings(workspace, line, store, candidate),
                    () -> result(vote, Optional.of(VoteMail.announcement(config.project(), vote, links()))));
        };
    }

    /** Records a ballot, or any other event of a running vote. */
    public UseCase<Result> change(String kind, String target, String expected, UnaryOperator<Vote> operation) {
        return () -> {
            Vote before = running();
            Vote after = operation.apply(before);
            Plan plan = new Plan()
                    .add(
                            after.equals(before)
                                    ? Change.done(kind, target, expected)
                                    : Change.absent(kind, target, expected),
                            () -> VoteStore.save(store, candidate, after));
            return new UseCase.Planned<>(plan, List.of(), () -> result(after, Optional.empty()));
        };
    }

    /** Ends the vote, signs its record and attaches that to the candidate digest. */
    public UseCase<Result> close(DetachedSigner signer, UnaryOperator<Vote> ending) {
        return () -> {
            Vote before = VoteStore.find(store, candidate).orElseThrow(this::notOpened);
            boolean closed = before.closing().isPresent();
            Vote after = closed ? before : ending.apply(before);
            String expected = after.closing().orElseThrow().outcome().phrase();
            Plan plan = new Plan()
                    .add(
                            closed
                                    ? Change.done(
                                            "vote record", candidate.digest().toString(), expected)
                                    : Change.absent(
                                            "vote record", candidate.digest().toString(), expected),
                            () -> VoteStore.attach(store, candidate, new VoteRecord(config.project(), after), signer));
            return new UseCase.Planned<>(
                    plan, List.of(), () -> result(after, Optional.of(VoteMail.result(config.project(), after))));
        };
    }

    public Result show() {
        return result(VoteStore.find(store, candidate).orElseThrow(this::notOpened), Optional.empty());
    }

    private Vote running() {
        return VoteStore.find(store, candidate).orElseThrow(this::notOpened);
    }

    private ReleaseException notOpened() {
        return ReleaseException.refused("No vote on " + candidate.id() + " is open: run 'darwin vote "
                + candidate.id().version() + " open' first.");
    }

    private VoteMail.Links links() {
        String staging = config.registry().staging();
        return new VoteMail.Links(
                Optional.of(ReleaseNotes.FILE + " in " + store.repository().reference() + ":" + candidate.id()),
                Optional.of(staging + "/*:" + candidate.id()),
                candidate.candidate().charts().stream()
                        .findFirst()
                        .map(c -> staging + "/"
                                + ChartKind.staged(candidate.id(), c.name()).repository()),
                Optional.of(store.repository().reference() + ":" + candidate.id()),
                Optional.empty());
    }

    private Result result(Vote vote, Optional<VoteMail> mail) {
        return new Result(
                candidate.id(),
                candidate.digest(),
                vote.closing().map(VoteEvent.Closing::outcome),
                vote.deadline(),
                vote.tally(Vote.ANYBODY),
                vote.ballots(),
                mail);
    }
}
