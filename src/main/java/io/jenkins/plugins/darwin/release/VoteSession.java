package io.jenkins.plugins.darwin.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.chart.ChartKind;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.notes.ReleaseNotes;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Tally;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteEvent.Extension;
import io.jenkins.plugins.darwin.vote.VoteMail;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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

    private static final String REOPENED = "Opened again for the votes that were missing.";

    private final Workspace workspace;
    private final ReleaseLine line;
    private final StagedCandidate candidate;
    private final VoteStore votes;
    private final Optional<DetachedSigner> signer;
    private final Optional<SignatureVerifier> verifier;

    /**
     * Only for looking.
     *
     * @throws ReleaseException refused, when there is no signed candidate of the version
     */
    public VoteSession(Workspace workspace, Version version) {
        this(workspace, version, Optional.empty());
    }

    /**
     * @param signer the release manager's: every state of a vote that is kept is signed
     * @throws ReleaseException refused, when there is no signed candidate of the version
     */
    public VoteSession(Workspace workspace, Version version, DetachedSigner signer) {
        this(workspace, version, Optional.of(signer));
    }

    private VoteSession(Workspace workspace, Version version, Optional<DetachedSigner> signer) {
        this.workspace = workspace;
        this.line = ReleaseLine.of(workspace, version);
        this.signer = signer;
        SignedCandidates candidates = line.signedCandidates(signer.map(DetachedSigner::publicKey));
        this.candidate = candidates
                .newest()
                .orElseThrow(() -> ReleaseException.refused(
                        "There is no signed candidate of " + version + " in "
                                + line.candidates().repository().reference() + " to vote on."
                                + candidates.warning().map(w -> " " + w).orElse(""),
                        Next.of(Next.Act.BUILD, version),
                        Next.of(Next.Act.SIGN, version)));
        candidates.warning().ifPresent(w -> workspace.progress().message("WARNING: " + w));
        this.verifier = signer.map(DetachedSigner::publicKey)
                .map(own -> TrustedKeys.of(workspace, line.trunk(), Optional.of(own)))
                .or(() -> TrustedKeys.find(workspace, line.trunk()));
        this.votes = line.vote(candidate, verifier);
    }

    public Digest digest() {
        return candidate.digest();
    }

    /** Who enters what others say: trunk's author. */
    public String recorder() {
        return line.trunkConfig().author().email();
    }

    /**
     * Opens the vote under trunk's policy. One that ended for want of votes goes on, with its ballots.
     *
     * @param hours instead of the policy's, and not fewer
     */
    public UseCase<Result> open(Optional<Integer> hours) {
        return () -> {
            List<String> rules = line.branch().isEmpty()
                    ? List.of()
                    : JudgeBranch.require(workspace, line, candidate.candidate().commit(), "is voted on");
            VotePolicy policy = line.trunkConfig().vote();
            hours.filter(h -> h < policy.hours()).ifPresent(h -> {
                throw ReleaseException.refused(
                        "The vote would be shorter than " + line.trunkConfig().trunk() + " says: expected at least "
                                + policy.hours() + " hours, found " + h + ".");
            });
            Optional<Vote> existing = votes.find();
            Instant now = workspace.clock().instant();
            Instant deadline = now.plus(Duration.ofHours(hours.orElse(policy.hours())));
            if (existing.filter(v -> !v.isOpen(now)).isPresent()) {
                existing.flatMap(Vote::closing)
                        .filter(c -> !c.outcome().mayGoOn())
                        .ifPresent(closing -> {
                            throw ReleaseException.refused("The vote on " + candidate.id() + " has ended and "
                                    + closing.outcome().phrase() + "; a new vote needs a new candidate.");
                        });
                return told(
                        rules,
                        planned(
                                existing.get(),
                                existing.get().extend(new Extension(deadline, REOPENED, recorder(), now), Vote.ANYBODY),
                                "vote",
                                candidate.id().toString(),
                                "open until " + deadline,
                                true));
            }
            Vote vote = existing.orElseGet(
                    () -> Vote.open(candidate.id(), candidate.digest(), policy, now, deadline, recorder()));
            return told(
                    rules,
                    planned(
                            existing.orElse(null),
                            vote,
                            "vote",
                            candidate.id().toString(),
                            "open until " + vote.deadline(),
                            true));
        };
    }

    /** What was let pass on the branch is for the voters to know. */
    private static UseCase.Planned<Result> told(List<String> rules, UseCase.Planned<Result> planned) {
        if (rules.isEmpty()) {
            return planned;
        }
        List<String> warnings = new ArrayList<>(planned.warnings());
        warnings.addAll(rules);
        String list = rules.stream().map(r -> "- " + r + "\n").collect(Collectors.joining());
        return new UseCase.Planned<>(planned.plan(), warnings, () -> {
            Result r = planned.result().get();
            Optional<VoteMail> mail = r.mail()
                    .map(m -> new VoteMail(
                            m.subject(),
                            m.body().stripTrailing() + "\n\nOn the branch, beside fixes of trunk:\n" + list));
            return new Result(r.candidate(), r.digest(), r.outcome(), r.deadline(), r.tally(), r.ballots(), mail);
        });
    }

    /** Records a ballot, or any other event of a running vote. */
    public UseCase<Result> change(String kind, String target, String expected, UnaryOperator<Vote> operation) {
        return () -> {
            Vote before = running();
            return planned(before, operation.apply(before), kind, target, expected, false);
        };
    }

    /** Records a ballot that its voter signed. */
    public UseCase<Result> mailed(byte[] mail, Optional<String> voter) {
        return () -> {
            Vote before = running();
            VoteEvent.Ballot ballot = new MailedBallots(workspace, line, candidate)
                    .read(mail, voter, recorder(), workspace.clock().instant());
            return planned(
                    before,
                    before.cast(ballot),
                    "ballot",
                    ballot.voter(),
                    ballot.choice().sign() + ", " + ballot.came(),
                    false);
        };
    }

    private UseCase.Planned<Result> planned(
            Vote before, Vote after, String kind, String target, String expected, boolean announce) {
        Vote[] kept = {after};
        Plan plan = new Plan()
                .add(
                        after.equals(before)
                                ? Change.done(kind, target, expected)
                                : Change.absent(kind, target, expected),
                        () -> kept[0] = votes.save(after, signer()));
        List<String> warnings = new ArrayList<>(votes.warnings());
        if (announce) {
            warnings.addAll(KeyLife.warnings(workspace, line, line.candidates(), candidate));
            VersionAdvice.of(
                            workspace,
                            candidate.id().version(),
                            candidate.candidate().commit())
                    .fault()
                    .ifPresent(warnings::add);
        }
        return new UseCase.Planned<>(
                plan,
                warnings,
                () -> resultWith(
                        warnings,
                        kept[0],
                        announce
                                ? Optional.of(
                                        VoteMail.announcement(line.config().project(), kept[0], links()))
                                : Optional.empty()));
    }

    /** Gives more time, recorded; the ballots stay. */
    public UseCase<Result> extend(Duration more, String reason, Instant now) {
        return () -> {
            Vote before = running();
            Instant from = before.deadline().isAfter(now) ? before.deadline() : now;
            Vote after = before.extend(new Extension(from.plus(more), reason, recorder(), now), Vote.ANYBODY);
            return planned(before, after, "vote", candidate.id().toString(), "open until " + after.deadline(), true);
        };
    }

    /** {@link #close(DetachedSigner, UnaryOperator)} by this session's own signer. */
    public UseCase<Result> close(UnaryOperator<Vote> ending) {
        return close(signer(), ending);
    }

    /** Ends the vote, signs its record and attaches that to the candidate digest. */
    public UseCase<Result> close(DetachedSigner recorder, UnaryOperator<Vote> ending) {
        return () -> {
            Vote before = votes.find().orElseThrow(this::notOpened);
            boolean closed = before.closing().isPresent();
            Vote after = closed ? before : ending.apply(before);
            if (!closed && after.closing().orElseThrow().outcome().passes()) {
                RequiredEvidence.of(workspace, line, candidate)
                        .require("The vote on " + candidate.id() + " can't be closed as passed");
            }
            String expected = after.closing().orElseThrow().outcome().phrase();
            String target = candidate.digest().toString();
            Vote[] kept = {after};
            Plan plan = new Plan()
                    .add(
                            closed
                                    ? Change.done("vote record", target, expected)
                                    : Change.absent("vote record", target, expected),
                            () -> kept[0] = votes.close(new VoteRecord(candidate.project(), after), recorder)
                                    .vote());
            RecordStatements.ofVote(
                            line.candidates(),
                            candidate,
                            verifier,
                            recorder,
                            () -> new VoteRecord(candidate.project(), kept[0]))
                    .ifPresent(s -> plan.add(s.change(), s.action()));
            List<String> warnings = new ArrayList<>(votes.warnings());
            return new UseCase.Planned<>(
                    plan,
                    warnings,
                    () -> resultWith(
                            warnings,
                            kept[0],
                            Optional.of(VoteMail.result(line.config().project(), kept[0]))));
        };
    }

    public Result show() {
        return result(running(), Optional.empty());
    }

    /** What was skipped, for people. */
    public List<String> warnings() {
        return votes.warnings();
    }

    private Vote running() {
        return votes.find().orElseThrow(this::notOpened);
    }

    private DetachedSigner signer() {
        return signer.orElseThrow(() -> ReleaseException.usage("A vote's state is signed: expected a signing key."));
    }

    private ReleaseException notOpened() {
        return ReleaseException.refused(
                "No vote on " + candidate.id() + " is open.",
                Next.of(Next.Act.OPEN_VOTE, candidate.id().version()));
    }

    private VoteMail.Links links() {
        String staging = line.config().registry().staging();
        CandidateStore store = line.candidates();
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

    /** @param warnings to which what came up while keeping the vote is added */
    private Result resultWith(List<String> warnings, Vote vote, Optional<VoteMail> mail) {
        votes.warnings().stream().filter(w -> !warnings.contains(w)).forEach(warnings::add);
        return result(vote, mail);
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
