package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.Attachments;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.ContentCopies;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The changes of one promotion, ordered so that a stop between any two never leaves a half-visible release: content first,
 * then version names, then Git, then {@code latest}, then the record that it was done.
 */
final class Promotion {
    /** {@code promotion.json}: what was given which names, by whom, when (UTC). */
    record Record(
            int schemaVersion,
            String project,
            Version version,
            String candidate,
            Digest digest,
            CommitId commit,
            String tag,
            Map<String, Digest> names,
            String signedBy,
            Instant promoted) {}

    private final Workspace workspace;
    private final ReleaseConfig config;
    private final StagedCandidate candidate;
    private final CandidateStore staged;
    private final CandidateStore released;
    private final Registry staging;
    private final Registry release;
    private final DetachedSigner signer;
    private final GitPromotion git;
    private final ImageCopier copier;
    private final ContentCopies copies;
    private final Version version;

    Promotion(
            Workspace workspace,
            ReleaseConfig config,
            StagedCandidate candidate,
            CandidateStore staged,
            DetachedSigner signer,
            SignatureVerifier verifier) {
        this.workspace = workspace;
        this.config = config;
        this.candidate = candidate;
        this.staged = staged;
        this.staging = workspace.staging(config);
        this.release = workspace.release(config);
        this.released = new CandidateStore(release, config);
        this.signer = signer;
        this.copier = new ImageCopier(workspace.progress());
        this.copies = new ContentCopies(copier);
        this.version = candidate.id().version();
        this.git = new GitPromotion(workspace, config, candidate, signer, verifier);
    }

    List<String> warnings() {
        return git.warnings();
    }

    Plan plan(CommitId trunk) {
        Plan plan = new Plan();
        addCopies(plan);
        images().forEach(
                        (name, digest) -> addName(plan, "image", release.repository(name), version.toString(), digest));
        candidate
                .candidate()
                .charts()
                .forEach(c -> addName(
                        plan,
                        "chart",
                        release.repository(Promote.chartRepository(c.name())),
                        version.toString(),
                        c.digest()));
        addName(plan, "candidate", released.repository(), version.toString(), candidate.digest());
        git.addTag(plan);
        git.addMerge(plan, trunk);
        if (isHighest()) {
            images().forEach((name, digest) -> addLatest(plan, release.repository(name), digest));
        }
        addRecord(plan);
        return plan;
    }

    /** Content that the release registry lacks, under digests that nobody knows yet. */
    private void addCopies(Plan plan) {
        for (Candidate.Image image : candidate.candidate().images()) {
            addCopy(
                    plan,
                    "image content",
                    staging.repository(image.name()),
                    image.digest(),
                    release.repository(image.name()));
        }
        for (Candidate.Chart chart : candidate.candidate().charts()) {
            addCopy(
                    plan,
                    "chart content",
                    staging.repository(CandidateBuild.chartRepository(candidate.id(), chart.name())),
                    chart.digest(),
                    release.repository(Promote.chartRepository(chart.name())));
        }
        addCopy(plan, "candidate content", staged.repository(), candidate.digest(), released.repository());
        for (String type : List.of(MediaType.SIGNATURE, MediaType.VOTE_RECORD)) {
            for (Manifest attachment : staged.attached(candidate.digest(), type)) {
                addAttachment(plan, type.equals(MediaType.SIGNATURE) ? "signature" : "vote record", attachment);
            }
        }
    }

    private void addCopy(Plan plan, String kind, Repository from, Digest digest, Repository to) {
        String target = to.reference() + "@" + digest.abbreviated();
        if (to.resolve(digest.toString()).isPresent()) {
            plan.add(Change.done(kind, target, digest.toString()), () -> {});
            return;
        }
        copies.add(from, digest, to);
        plan.add(
                Change.absent(kind, target, digest.toString()),
                () -> workspace.git().withoutLock(copies::run));
    }

    private void addAttachment(Plan plan, String kind, Manifest attachment) {
        boolean there = released.repository().referrers(candidate.digest()).stream()
                .anyMatch(d -> d.digest().equals(attachment.digest()));
        String target =
                released.repository().reference() + "@" + attachment.digest().abbreviated();
        plan.add(
                there
                        ? Change.done(kind, target, attachment.digest().toString())
                        : Change.absent(kind, target, attachment.digest().toString()),
                () -> {
                    copier.copy(staged.repository(), attachment.digest(), released.repository());
                    released.repository().attach(attachment);
                });
    }

    private void addName(Plan plan, String kind, Repository repository, String tag, Digest digest) {
        plan.add(Promote.name(kind, repository, tag, digest), () -> Names.give(repository, digest, tag));
    }

    /** {@code latest} is the one public name that moves, and only to a higher version. */
    private void addLatest(Plan plan, Repository repository, Digest digest) {
        String target = repository.reference() + ":" + Promote.LATEST;
        Optional<String> found =
                repository.resolve(Promote.LATEST).map(d -> d.digest().toString());
        Change change = found.map(f -> f.equals(digest.toString())
                        ? Change.done("latest", target, f)
                        : Change.replacing("latest", target, digest.toString(), f))
                .orElseGet(() -> Change.absent("latest", target, digest.toString()));
        plan.add(change, () -> Names.move(repository, digest, Promote.LATEST));
    }

    private boolean isHighest() {
        return workspace.versions().stream().noneMatch(v -> v.compareTo(version) > 0);
    }

    private void addRecord(Plan plan) {
        String target = released.repository().reference() + ":" + version;
        boolean there = !released.attached(candidate.digest(), MediaType.PROMOTION_RECORD)
                .isEmpty();
        plan.add(
                there
                        ? Change.done(
                                "promotion record", target, candidate.digest().toString())
                        : Change.absent(
                                "promotion record", target, candidate.digest().toString()),
                () -> Attachments.attachSigned(
                        released,
                        candidate.manifest().descriptor(),
                        MediaType.PROMOTION_RECORD,
                        "promotion.json",
                        Json.write(record()),
                        SignedFor.promotion(candidate.project(), candidate.id(), candidate.digest()),
                        signer,
                        true));
    }

    private Record record() {
        Map<String, Digest> names = new TreeMap<>();
        images().forEach((name, digest) -> names.put(release.repository(name).reference() + ":" + version, digest));
        candidate
                .candidate()
                .charts()
                .forEach(c -> names.put(
                        release.repository(Promote.chartRepository(c.name())).reference() + ":" + version, c.digest()));
        names.put(released.repository().reference() + ":" + version, candidate.digest());
        return new Record(
                1,
                config.project(),
                version,
                candidate.id().toString(),
                candidate.digest(),
                candidate.candidate().commit(),
                workspace.tagName(version),
                names,
                signer.fingerprint(),
                workspace.clock().instant());
    }

    private Map<String, Digest> images() {
        Map<String, Digest> images = new java.util.LinkedHashMap<>();
        candidate.candidate().images().forEach(i -> images.put(i.name(), i.digest()));
        return images;
    }
}
