package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.Withdrawals;
import io.jenkins.plugins.darwin.check.CandidateChecks;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.publish.Publication;
import io.jenkins.plugins.darwin.publish.Publisher;
import io.jenkins.plugins.darwin.publish.Publishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** P6: gives the voted digests their public names, after proving that every byte behind them is still what was voted on. */
public final class Promote implements UseCase<Promote.Result> {
    /**
     * @param images public references, by digest
     * @param urls public names that people use
     * @param checks what was proven before the first change; empty when all was done already
     */
    public record Result(
            Version version,
            String tag,
            Digest digest,
            CandidateId candidate,
            List<String> images,
            Optional<String> chart,
            List<String> urls,
            List<Check> checks) {}

    /**
     * What may be asked beyond the version.
     *
     * @param candidate {@code X.Y.Z-RCn} or a candidate digest, in the place of the newest one
     * @param publishers of others, after ours
     * @param policy what the vote's policy is held against, and whether a weaker one is accepted
     */
    public record Options(Optional<String> candidate, List<Publisher> publishers, PolicyCheck policy) {
        /** With trunk's policy, and nothing weaker. */
        public Options(Optional<String> candidate, List<Publisher> publishers) {
            this(candidate, publishers, PolicyCheck.trunks());
        }

        /** The newest candidate, and our own publishers. */
        public static Options none() {
            return new Options(Optional.empty(), List.of());
        }
    }

    private final Workspace workspace;
    private final Version version;
    private final DetachedSigner signer;
    private final Options options;
    private Set<String> told = Set.of();
    private Optional<String> despiteFreeze = Optional.empty();

    public Promote(Workspace workspace, Version version, DetachedSigner signer) {
        this(workspace, version, signer, Options.none());
    }

    public Promote(Workspace workspace, Version version, DetachedSigner signer, Options options) {
        this.workspace = workspace;
        this.version = version;
        this.signer = signer;
        this.options = options;
    }

    /** Goes on in a freeze window, for a reason that the line's record keeps. */
    public Promote despiteFreeze(Optional<String> reason) {
        despiteFreeze = reason;
        return this;
    }

    private FreezeGuard guard() {
        return new FreezeGuard(workspace, version, "promoted", despiteFreeze);
    }

    /**
     * A {@code latest} that the registry never moves is told once, and kept in the record: a later run that finds it refused
     * again, and nothing else to do, has done all that anybody can do there.
     */
    @Override
    public Outcome<Result> run(boolean dryRun, Progress progress) {
        if (!dryRun && workspace.tagged(version).isEmpty()) {
            guard().record(workspace.trunkConfig());
        }
        Outcome<Result> outcome = UseCase.super.run(dryRun, progress);
        boolean nothingNew = outcome.kind() == Outcome.Kind.OPEN
                && outcome.changes().stream().noneMatch(Change::made)
                && outcome.open().stream().allMatch(c -> c.kind().equals("latest") && told.contains(c.target()));
        return nothingNew
                ? new Outcome<>(Outcome.Kind.UNCHANGED, outcome.changes(), outcome.warnings(), outcome.result())
                : outcome;
    }

    @Override
    public Planned<Result> plan() {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        SignatureVerifier verifier = TrustedKeys.of(workspace, line.trunk(), Optional.of(signer.publicKey()));
        CandidateChoice choice = new CandidateChoice(line, verifier, version, workspace.tagName(version));
        StagedCandidate candidate =
                choice.choose(options.candidate(), workspace.git().readTag(workspace.tagName(version)));
        requireNotWithdrawn(line, candidate, verifier);
        Optional<String> frozen = Optional.empty();
        if (workspace.tagged(version).isEmpty()) { // a release that was made is not judged again
            options.policy().require(line, choice.vote(candidate));
            options.policy().require(workspace, line, candidate);
            frozen = guard().require(line.trunkConfig());
        }
        Publication publication = Publications.of(workspace, line, candidate, Optional.of(signer), verifier);
        Promotion promotion = new Promotion(
                publication,
                Publishers.with(options.publishers()),
                options.policy().accepted());
        told = promotion.toldOpen();
        Plan plan = promotion.plan();
        List<Check> checks = new ArrayList<>();
        if (!plan.done() && plan.conflicts().isEmpty()) {
            // What begins now must not rest on a key of the past, in whose name anything could be signed with an old
            // date.
            KeyLife.of(workspace, line, Optional.of(signer.publicKey())).requireGood(signer.fingerprint());
            workspace.git().withoutLock(() -> checks.addAll(prove(publication, promotion, verifier.today())));
        }
        List<String> warnings = new ArrayList<>(choice.warnings());
        frozen.ifPresent(warnings::add);
        warnings.addAll(promotion.warnings());
        return new Planned<>(plan, warnings, () -> {
            promotion.told().stream().filter(w -> !warnings.contains(w)).forEach(warnings::add);
            requirePublic(promotion);
            return result(publication, checks);
        });
    }

    /** What was taken back gets nothing back, least of all {@code latest}. */
    private void requireNotWithdrawn(ReleaseLine line, StagedCandidate candidate, SignatureVerifier verifier) {
        new Withdrawals(line.released(), candidate, Optional.of(line.notes()))
                .find(verifier)
                .ifPresent(w -> {
                    throw ReleaseException.refused(version + " " + w.phrase()
                            + ". A release that was taken back is not promoted again; release another version.");
                });
    }

    private List<Check> prove(Publication publication, Promotion promotion, SignatureVerifier verifier) {
        StagedCandidate candidate = publication.candidate();
        List<Check> checks = CandidateChecks.all(
                candidate, publication.staging(), workspace.kinds(), false, verifier, workspace.progress());
        // What is promoted goes by digest; a staging name that leads elsewhere still means that voters may have tried
        // something else.
        checks.addAll(Verify.names(workspace.kinds(), candidate, publication.staging(), false));
        checks.addAll(promotion.before());
        List<Check> failures = Check.failures(checks);
        if (!failures.isEmpty()) {
            throw ReleaseException.refused(
                    "Nothing was promoted, because " + candidate.id() + " could not be proven to be what was voted on: "
                            + sentence(failures)
                            + ". If a server was away, run again; else find out who changed it, build a new candidate and vote on that.");
        }
        return checks;
    }

    /** Looked at from outside, at the very end: what people get now. */
    private void requirePublic(Promotion promotion) {
        List<Check> failures = Check.failures(promotion.after());
        if (!failures.isEmpty()) {
            throw ReleaseException.refused(version + " was promoted, and then not all of it was found again: "
                    + sentence(failures) + ". Find out who changed it.");
        }
    }

    private static String sentence(List<Check> failures) {
        return failures.stream()
                .map(c -> c.name() + " of " + c.subject() + ": " + c.detail())
                .collect(Collectors.joining("; "));
    }

    private Result result(Publication publication, List<Check> checks) {
        List<Publication.Named> named = publication.named();
        return new Result(
                version,
                publication.tag(),
                publication.candidate().digest(),
                publication.candidate().id(),
                named.stream()
                        .filter(thing -> thing.kind().equals("image"))
                        .map(thing -> thing.to().reference() + "@" + thing.digest())
                        .toList(),
                named.stream()
                        .filter(thing -> thing.kind().equals("chart"))
                        .map(Publication.Named::reference)
                        .findFirst(),
                named.stream().map(Publication.Named::reference).toList(),
                checks);
    }
}
