package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.check.CandidateChecks;
import io.jenkins.plugins.darwin.check.ChartImageChecks;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.FileChecks;
import io.jenkins.plugins.darwin.git.SignedTag;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.PublicKeys;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** P5.2: what any voter or stranger can check, with the keys that they trust. */
public final class Verify {
    /** @param digest the candidate digest; empty for a plain folder, which has none */
    public record Result(String subject, Optional<Digest> digest, List<Check> checks) {
        public boolean passed() {
            return Check.failures(checks).isEmpty();
        }
    }

    private final Optional<byte[]> keys;
    private final Clock clock;
    private final Progress progress;

    /** @param keys a KEYS file that the caller trusts; without it, keys that come along prove less, and the result says so */
    public Verify(Optional<byte[]> keys, Clock clock, Progress progress) {
        this.keys = keys;
        this.clock = clock;
        this.progress = progress;
    }

    /** A plain folder: nothing but the folder is looked at. */
    public Result folder(Path folder) {
        CandidateFiles files = CandidateFiles.of(folder);
        Candidate candidate = Json.read(
                files.read(Candidate.FILE),
                Candidate.class,
                folder.resolve(Candidate.FILE).toString());
        List<Check> checks = new ArrayList<>();
        SignatureVerifier verifier = verifier(checks, () -> files.read(CandidateFolder.KEYS));
        checks.addAll(new FileChecks(files, verifier, claimed(files, candidate)).run(candidate));
        candidate
                .images()
                .forEach(i -> checks.add(
                        Check.skipped("image", i.name(), i.digest() + " is in a registry, not in this folder")));
        return new Result(folder.toString(), Optional.empty(), checks);
    }

    /**
     * The candidate that a folder holds: nothing in it says its number but the signatures, so that of {@code candidate.json}
     * says it for all.
     */
    private static CandidateId claimed(CandidateFiles files, Candidate candidate) {
        String signature = Candidate.FILE + ".asc";
        return (files.names().contains(signature) ? Optional.of(files.read(signature)) : Optional.<byte[]>empty())
                .flatMap(asc -> SignatureVerifier.claim(new String(asc, StandardCharsets.US_ASCII)))
                .flatMap(claim -> CandidateId.ofTag(claim.candidate()))
                .filter(id -> id.version().equals(candidate.version()))
                .orElseGet(() -> new CandidateId(candidate.version(), 1));
    }

    /**
     * A candidate or release in a registry, by tag or digest of its own repository.
     *
     * @param registry that holds this repository and those of the images beside it
     * @param name repository's path in the registry
     * @param tagOrDigest {@code X.Y.Z-RCn}, {@code X.Y.Z} or {@code sha256:...}
     */
    public Result candidate(Registry registry, String name, String tagOrDigest) {
        return candidate(registry, name, tagOrDigest, Optional.empty());
    }

    /** @param release location of the release registry, where it is known; a release tells it by where it lies */
    private Result candidate(Registry registry, String name, String tagOrDigest, Optional<String> release) {
        CandidateStore store = new CandidateStore(registry.repository(name));
        String tag = tagOrDigest.startsWith("sha256:") ? store.tagOf(Digest.parse(tagOrDigest)) : tagOrDigest;
        StagedCandidate candidate = store.findNamed(tag)
                .orElseThrow(() -> ReleaseException.refused(store.repository().reference() + ":" + tag
                        + " does not exist: expected a candidate or a release, found nothing."));
        List<Check> checks = new ArrayList<>();
        SignatureVerifier verifier =
                verifier(checks, () -> CandidateFiles.of(candidate).read(CandidateFolder.KEYS));
        boolean released = CandidateId.ofTag(tag).isEmpty();
        checks.addAll(CandidateChecks.all(
                candidate,
                registry,
                chart -> released
                        ? Promote.chartRepository(chart)
                        : CandidateBuild.chartRepository(candidate.id(), chart),
                verifier,
                progress));
        checks.addAll(names(candidate, registry, released, tag));
        release.or(() -> released ? Optional.of(registry.location()) : Optional.empty())
                .ifPresent(r ->
                        checks.addAll(ChartImageChecks.of(candidate.candidate(), CandidateFiles.of(candidate), r)));
        VoteStore.record(store, candidate, verifier)
                .ifPresent(r -> checks.add(
                        r.fault().isEmpty()
                                ? Check.passed("vote record", candidate.digest().toString(), "the vote " + r.outcome())
                                : Check.failed("vote record", candidate.digest().toString(), r.outcome())));
        return new Result(store.repository().reference() + ":" + tag, Optional.of(candidate.digest()), checks);
    }

    /** A version or candidate by name, with the repository that it comes from: its signed tag is checked too. */
    public Result named(Workspace workspace, String name) {
        Optional<CandidateId> id = CandidateId.ofTag(name);
        Version version = id.map(CandidateId::version).orElseGet(() -> Version.parse(name));
        ReleaseLine line = ReleaseLine.of(workspace, version);
        ReleaseConfig config = id.isPresent() ? line.config() : line.trunkConfig();
        CommitId trunk = line.trunk();
        byte[] own = keys.orElseGet(
                () -> workspace.git().tree(trunk).read(CandidateFolder.KEYS).orElse(null));
        Verify with = new Verify(Optional.ofNullable(own), clock, progress);
        Registry registry = id.isPresent() ? line.staging() : line.release();
        Result result = with.candidate(
                registry,
                config.candidateRepository(),
                name,
                Optional.of(line.release().location()));
        List<Check> checks = new ArrayList<>(result.checks());
        if (id.isEmpty()) {
            checks.add(with.tag(workspace, version, registry, config));
        }
        return new Result(result.subject(), result.digest(), checks);
    }

    private Check tag(Workspace workspace, Version version, Registry registry, ReleaseConfig config) {
        StagedCandidate released = new CandidateStore(registry, config)
                .findNamed(version.toString())
                .orElseThrow();
        Optional<SignedTag> tag = workspace.git().readTag(workspace.tagName(version));
        if (tag.isEmpty() || tag.get().signature().isEmpty()) {
            return Check.failed(
                    "tag",
                    workspace.tagName(version),
                    "expected a signed tag, found " + (tag.isEmpty() ? "none" : "one without a signature"));
        }
        if (!tag.get().tag().commit().equals(released.candidate().commit())) {
            return Check.failed(
                    "tag",
                    workspace.tagName(version),
                    "expected it on " + released.candidate().commit() + ", found it on "
                            + tag.get().tag().commit());
        }
        List<Check> ignored = new ArrayList<>();
        SignatureCheck check = verifier(
                        ignored, () -> CandidateFiles.of(released).read(CandidateFolder.KEYS))
                .verify(
                        tag.get().signature().get(),
                        SignedFor.tag(released.project(), released.id(), workspace.tagName(version)),
                        tag.get().payload());
        return check.acceptable()
                ? Check.passed(
                        "tag",
                        workspace.tagName(version),
                        "on the voted commit, by " + check.userId().orElse(check.fingerprint()))
                : Check.failed("tag", workspace.tagName(version), check.detail());
    }

    /** The names that people use must still lead to the digests that were signed. */
    static List<Check> names(StagedCandidate candidate, Registry registry, boolean released, String tag) {
        List<Check> checks = new ArrayList<>();
        candidate.candidate().images().forEach(i -> checks.add(name(registry.repository(i.name()), tag, i.digest())));
        candidate
                .candidate()
                .charts()
                .forEach(c -> checks.add(name(
                        registry.repository(
                                released
                                        ? Promote.chartRepository(c.name())
                                        : CandidateBuild.chartRepository(candidate.id(), c.name())),
                        candidate.candidate().version().toString(),
                        c.digest())));
        return checks;
    }

    private static Check name(io.jenkins.plugins.darwin.registry.Repository repository, String tag, Digest digest) {
        String subject = repository.reference() + ":" + tag;
        return repository
                .resolve(tag)
                .map(d -> d.digest().equals(digest)
                        ? Check.passed("name", subject, digest.abbreviated())
                        : Check.failed("name", subject, "expected " + digest + ", found " + d.digest()))
                .orElseGet(() -> Check.failed("name", subject, "expected " + digest + ", found nothing"));
    }

    private SignatureVerifier verifier(List<Check> checks, java.util.function.Supplier<byte[]> comeAlong) {
        byte[] trusted = keys.orElseGet(() -> {
            checks.add(Check.skipped(
                    "key",
                    CandidateFolder.KEYS,
                    "the key came with the candidate; give one that you trust with --keys"));
            return comeAlong.get();
        });
        PublicKeys known = PublicKeys.of(trusted);
        known.warnings().forEach(w -> progress.message("WARNING: in " + CandidateFolder.KEYS + ", " + w + "."));
        return SignatureVerifier.of(known, clock);
    }
}
