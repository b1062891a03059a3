package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * P4.4 and P4.5: a signature for every file of the newest candidate, then its staging names; the candidate's own last, so
 * that whoever sees it sees all of it.
 */
public final class SignCandidate implements UseCase<SignCandidate.Result> {
    /**
     * @param digest the candidate digest, which is voted on
     * @param reference where it is staged, by digest
     * @param fingerprint of the key that signed
     */
    public record Result(Version version, int rc, Digest digest, String reference, String fingerprint) {}

    private final Workspace workspace;
    private final Version version;
    private final DetachedSigner signer;
    private final List<String> warnings = new ArrayList<>();

    public SignCandidate(Workspace workspace, Version version, DetachedSigner signer) {
        this.workspace = workspace;
        this.version = version;
        this.signer = signer;
    }

    @Override
    public Planned<Result> plan() {
        GitMirror git = workspace.git();
        if (workspace.tagged(version).isPresent()) {
            throw ReleaseException.refused(
                    "Version " + version + " is already released: tag " + workspace.tagName(version) + " exists.");
        }
        ReleaseLine line = ReleaseLine.of(workspace, version);
        CommitId head = line.requireHead();
        KeyLife life = KeyLife.of(workspace, line, Optional.of(signer.publicKey()));
        life.requireGood(signer.fingerprint());
        warnings.addAll(life.warning(signer.fingerprint()).stream().toList());
        Registry staging = line.staging();
        CandidateStore store = line.candidates();
        Optional<CandidateId> signed = store.lastSigned(version);
        Optional<CandidateId> built = store.built(version).stream()
                .max(CandidateId::compareTo)
                .filter(b -> signed.isEmpty() || b.compareTo(signed.get()) > 0);
        if (built.isPresent()) {
            StagedCandidate candidate = store.findBuilt(built.get()).orElseThrow();
            if (!candidate.candidate().commit().equals(head)) {
                throw ReleaseException.refused("Candidate " + built.get() + " was built from "
                        + candidate.candidate().commit().abbreviated() + ", and the branch is at " + head.abbreviated()
                        + " since: run 'darwin build-rc " + version + "' again.");
            }
            return planNew(candidate, staging, store);
        }
        StagedCandidate candidate = signed.flatMap(store::findSigned)
                .orElseThrow(() -> ReleaseException.refused("There is no candidate of " + version + " in "
                        + store.repository().reference() + ": run 'darwin build-rc " + version + "' first."));
        return planSigned(candidate, staging, store);
    }

    private Planned<Result> planNew(StagedCandidate built, Registry staging, CandidateStore store) {
        GitMirror git = workspace.git();
        CandidateFolder folder = new CandidateFolder(workspace.folder(built.id()));
        CandidateSigning signing = new CandidateSigning(workspace, built, folder, signer, store);
        Plan plan = new Plan();
        signing.signatureNames()
                .forEach(name -> plan.add(
                        Change.absent("signature", name, "by " + signer.fingerprint()),
                        () -> git.withoutLock(signing::sign)));
        plan.add(
                Change.absent("manifest", built.repository().reference(), "candidate " + built.id()),
                () -> git.withoutLock(signing::pushManifest));
        addNames(plan, built, staging);
        plan.add(
                Change.compare(
                        "candidate",
                        built.repository().reference() + ":" + built.id(),
                        "signed by " + signer.fingerprint(),
                        Optional.empty()),
                signing::tag);
        return new Planned<>(plan, warnings, () -> result(built.id(), built.repository(), signing.manifest()));
    }

    /** Staging names of images and charts. They never move: one that is somewhere else is somebody else's. */
    private void addNames(Plan plan, StagedCandidate candidate, Registry staging) {
        candidate
                .candidate()
                .images()
                .forEach(image -> addName(
                        plan,
                        "image",
                        staging.repository(image.name()),
                        candidate.id().toString(),
                        image.digest()));
        candidate
                .candidate()
                .charts()
                .forEach(chart -> addName(
                        plan,
                        "chart",
                        staging.repository(CandidateBuild.chartRepository(candidate.id(), chart.name())),
                        version.toString(),
                        chart.digest()));
    }

    private static void addName(Plan plan, String kind, Repository repository, String tag, Digest digest) {
        Change change = Change.compare(
                kind,
                repository.reference() + ":" + tag,
                digest.toString(),
                repository.resolve(tag).map(d -> d.digest().toString()));
        plan.add(change, () -> Names.give(repository, digest, tag));
    }

    private Planned<Result> planSigned(StagedCandidate candidate, Registry staging, CandidateStore store) {
        if (store.attached(candidate.digest(), MediaType.SIGNATURE).isEmpty()) {
            throw ReleaseException.refused("Candidate " + candidate.id()
                    + " has lost the signature over its manifest in "
                    + store.repository().reference() + ": do not vote on it; find out who changed the registry.");
        }
        Plan plan = new Plan();
        addNames(plan, candidate, staging);
        plan.add(
                Change.done(
                        "candidate",
                        candidate.repository().reference() + ":" + candidate.id(),
                        candidate.digest().toString()),
                () -> {});
        return new Planned<>(
                plan, warnings, () -> result(candidate.id(), candidate.repository(), candidate.manifest()));
    }

    private Result result(CandidateId id, Repository repository, Manifest manifest) {
        return new Result(
                version,
                id.rc(),
                manifest.digest(),
                repository.reference() + "@" + manifest.digest(),
                signer.fingerprint());
    }
}
