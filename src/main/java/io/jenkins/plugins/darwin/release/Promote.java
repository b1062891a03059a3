package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.check.CandidateChecks;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** P6: gives the voted digests their public names, after proving that every byte behind them is still what was voted on. */
public final class Promote implements UseCase<Promote.Result> {
    static final String LATEST = "latest";

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

    private final Workspace workspace;
    private final Version version;
    private final DetachedSigner signer;

    public Promote(Workspace workspace, Version version, DetachedSigner signer) {
        this.workspace = workspace;
        this.version = version;
        this.signer = signer;
    }

    @Override
    public Planned<Result> plan() {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        CommitId trunk = line.trunk();
        SignatureVerifier verifier = TrustedKeys.of(workspace, trunk, Optional.of(signer.publicKey()));
        CandidateStore staged = line.candidates();
        StagedCandidate candidate = voted(staged, verifier);
        ReleaseConfig config = line.config(candidate.candidate().commit());
        Promotion promotion = new Promotion(workspace, config, candidate, staged, signer, verifier);
        Plan plan = promotion.plan(trunk);
        List<Check> checks = new ArrayList<>();
        if (!plan.done() && plan.conflicts().isEmpty()) {
            // What begins now must not rest on a key of the past, in whose name anything could be signed with an old
            // date.
            KeyLife.of(workspace, line, Optional.of(signer.publicKey())).requireGood(signer.fingerprint());
            workspace.git().withoutLock(() -> checks.addAll(prove(candidate, config, verifier.today())));
        }
        return new Planned<>(plan, promotion.warnings(), () -> result(candidate, config, checks));
    }

    /** The newest candidate whose signed vote record says that it passed. */
    private StagedCandidate voted(CandidateStore store, SignatureVerifier verifier) {
        List<CandidateId> ids =
                store.signed(version).stream().sorted(Comparator.reverseOrder()).toList();
        if (ids.isEmpty()) {
            throw ReleaseException.refused("There is no signed candidate of " + version + " in "
                    + store.repository().reference() + ".");
        }
        List<String> states = new ArrayList<>();
        for (CandidateId id : ids) {
            StagedCandidate candidate = store.findSigned(id).orElseThrow();
            Optional<VoteStore.SignedRecord> record = VoteStore.record(store, candidate, verifier);
            if (record.isPresent() && record.get().passed()) {
                return candidate;
            }
            states.add(id + " ("
                    + record.map(r -> r.outcome().toLowerCase(java.util.Locale.ROOT))
                            .orElse("no vote record on its digest "
                                    + candidate.digest().abbreviated())
                    + ")");
        }
        throw ReleaseException.refused("No candidate of " + version
                + " has passed a vote: expected a signed vote record that says so, found " + String.join(", ", states)
                + ". Hold the vote ('darwin vote " + version + " open'), then promote.");
    }

    private List<Check> prove(StagedCandidate candidate, ReleaseConfig config, SignatureVerifier verifier) {
        Registry staging = workspace.staging(config);
        List<Check> checks = CandidateChecks.all(
                candidate,
                staging,
                chart -> CandidateBuild.chartRepository(candidate.id(), chart),
                verifier,
                workspace.progress());
        // What is promoted goes by digest; a staging name that leads elsewhere still means that voters may have tried
        // something else.
        checks.addAll(Verify.names(candidate, staging, false, candidate.id().toString()));
        List<Check> failures = Check.failures(checks);
        if (!failures.isEmpty()) {
            throw ReleaseException.refused(
                    "Nothing was promoted, because " + candidate.id() + " could not be proven to be what was voted on: "
                            + failures.stream()
                                    .map(c -> c.name() + " of " + c.subject() + ": " + c.detail())
                                    .collect(Collectors.joining("; "))
                            + ". If a server was away, run again; else find out who changed it, build a new candidate and vote on that.");
        }
        return checks;
    }

    private Result result(StagedCandidate candidate, ReleaseConfig config, List<Check> checks) {
        Registry release = workspace.release(config);
        List<String> images = candidate.candidate().images().stream()
                .map(i -> release.repository(i.name()).reference() + "@" + i.digest())
                .toList();
        List<String> urls = new ArrayList<>(candidate.candidate().images().stream()
                .map(i -> release.repository(i.name()).reference() + ":" + version)
                .toList());
        Optional<String> chart = candidate.candidate().charts().stream()
                .map(Candidate.Chart::name)
                .findFirst()
                .map(name -> release.repository(chartRepository(name)).reference() + ":" + version);
        chart.ifPresent(urls::add);
        urls.add(release.repository(config.candidateRepository()).reference() + ":" + version);
        return new Result(version, workspace.tagName(version), candidate.digest(), candidate.id(), images, chart, urls, checks);
    }

    /** Where a released chart lives: {@code helm install oci://<release>/charts/<chart> --version X.Y.Z}. */
    static String chartRepository(String chart) {
        return "charts/" + chart;
    }

    /** A tag's state, for the plan: ours, absent, or another's. */
    static Change name(String kind, Repository repository, String tag, Digest digest) {
        return Change.compare(
                kind,
                repository.reference() + ":" + tag,
                digest.toString(),
                repository.resolve(tag).map(d -> d.digest().toString()));
    }
}
