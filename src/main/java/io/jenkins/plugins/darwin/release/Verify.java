package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.Withdrawals;
import io.jenkins.plugins.darwin.check.CandidateChecks;
import io.jenkins.plugins.darwin.check.ChartImageChecks;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.EvidenceChecks;
import io.jenkins.plugins.darwin.check.FileChecks;
import io.jenkins.plugins.darwin.check.ImageChecks;
import io.jenkins.plugins.darwin.check.KeysChecks;
import io.jenkins.plugins.darwin.check.NameChecks;
import io.jenkins.plugins.darwin.check.Proof;
import io.jenkins.plugins.darwin.check.RecordChecks;
import io.jenkins.plugins.darwin.git.SignedTag;
import io.jenkins.plugins.darwin.kind.Kinds;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Content;
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
import io.jenkins.plugins.darwin.registry.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** P5.2: what any voter or stranger can check, with the keys that they trust. */
public final class Verify {
    private static final String WITHDRAWAL = "withdrawal";

    /**
     * What a caller takes for proven.
     *
     * @param keys a KEYS file that the caller trusts
     * @param ownKeys whether keys that came with the candidate do: they prove that it is whole, and not whose it is
     * @param skip whether what can't be looked at here may be left out
     * @param expected what has to be proven; by default what its name says: released, or a signed candidate
     */
    public record Options(Optional<byte[]> keys, boolean ownKeys, boolean skip, Optional<Proof> expected) {
        /** The keys of trunk, where there is one, and all that the name says. */
        public static Options none() {
            return new Options(Optional.empty(), false, false, Optional.empty());
        }

        Options with(Optional<byte[]> others) {
            return new Options(others, ownKeys, skip, expected);
        }
    }

    /**
     * What came of it.
     *
     * @param digest the candidate digest; empty for a plain folder, which has none
     * @param proved what was proven, by the checks that passed
     * @param expected what had to be
     * @param complete whether nothing was left out, or the caller allowed that
     */
    public record Result(
            String subject,
            Optional<Digest> digest,
            Proof proved,
            Proof expected,
            boolean complete,
            List<Check> checks) {
        /** Whether all that was expected is proven, and nothing that was looked at is wrong. */
        public boolean passed() {
            return Check.failures(checks).isEmpty() && proved.covers(expected) && complete;
        }

        /**
         * The same with more that was looked at. What can't be made again was looked at in every other way, so leaving it out
         * here leaves nothing open.
         */
        public Result with(List<Check> more) {
            List<Check> all = new ArrayList<>(checks);
            all.addAll(more);
            return new Result(subject, digest, proved, expected, complete, all);
        }

        /** That it was taken back, when and why: whatever else is proven of it. */
        public Optional<String> withdrawn() {
            return checks.stream()
                    .filter(c -> c.name().equals(WITHDRAWAL))
                    .map(c -> c.subject() + " " + c.detail())
                    .findFirst();
        }

        /** What was not looked at. */
        public List<Check> skipped() {
            return checks.stream().filter(c -> c.state() == Check.State.SKIPPED).toList();
        }
    }

    private final Options options;
    private final Clock clock;
    private final Progress progress;

    public Verify(Options options, Clock clock, Progress progress) {
        this.options = options;
        this.clock = clock;
        this.progress = progress;
    }

    /** A plain folder: nothing but the folder is looked at. */
    public Result folder(Path folder) {
        return folder(folder, Optional.empty());
    }

    /** @param clone of the repository that it comes from: what is not in the folder is looked at in staging then */
    public Result folder(Path folder, Optional<Workspace> clone) {
        CandidateFiles files = CandidateFiles.of(folder);
        Candidate candidate = Json.read(
                files.read(Candidate.FILE),
                Candidate.class,
                folder.resolve(Candidate.FILE).toString());
        List<Check> checks = new ArrayList<>();
        SignatureVerifier verifier = verifier(checks, () -> files.read(CandidateFolder.KEYS));
        checks.addAll(new FileChecks(files, verifier, claimed(files, candidate)).run(candidate));
        options.keys().ifPresent(trusted -> checks.add(KeysChecks.onlyTrusted(files, trusted)));
        Optional<Registry> staging = options.skip() ? Optional.empty() : clone.flatMap(w -> staging(w, candidate));
        ReleaseKinds.ALL.contents(candidate, claimed(files, candidate)).stream()
                .filter(c -> c.file().isEmpty())
                .forEach(c -> checks.add(elsewhere(c, staging)));
        return result(folder.toString(), Optional.empty(), Proof.CANDIDATE, signedFiles(checks), checks);
    }

    private Optional<Registry> staging(Workspace clone, Candidate candidate) {
        try {
            ReleaseLine line = ReleaseLine.of(clone, candidate.version());
            return Optional.of(line.staging())
                    .filter(s -> line.trunkConfig().project().equals(candidate.project()));
        } catch (ReleaseException e) {
            progress.message("Staging is not looked at: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What has no file here, by its digest alone: whoever keeps it is not believed. What can't be found proves nothing. */
    private Check elsewhere(Content content, Optional<Registry> staging) {
        String where = content.digest() + " is in a registry, not in this folder";
        if (staging.isEmpty() || content.staged().isEmpty()) {
            return Check.skipped(content.kind(), content.name(), where);
        }
        Repository repository = staging.get().repository(content.staged().get().repository());
        try {
            if (repository.resolve(content.digest().toString()).isEmpty()) {
                return Check.skipped(
                        content.kind(), content.name(), where + "; " + repository.reference() + " has it not");
            }
        } catch (ReleaseException e) {
            return Check.skipped(content.kind(), content.name(), where + "; " + e.getMessage());
        }
        return ImageChecks.content(content.kind(), repository, content.digest(), progress);
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
        return candidate(registry, name, tagOrDigest, Optional.empty(), Optional.empty());
    }

    /**
     * @param release location of the release registry, where it is known; a release tells it by where it lies
     * @param notes the repository's own copies of records, where it is at hand
     */
    private Result candidate(
            Registry registry, String name, String tagOrDigest, Optional<String> release, Optional<RecordNotes> notes) {
        CandidateStore store = new CandidateStore(registry.repository(name));
        String tag = tagOrDigest.startsWith("sha256:") ? store.tagOf(Digest.parse(tagOrDigest)) : tagOrDigest;
        StagedCandidate candidate = store.findNamed(tag)
                .orElseThrow(() -> ReleaseException.refused(store.repository().reference() + ":" + tag
                        + " does not exist: expected a candidate or a release, found nothing."));
        boolean released = CandidateId.ofTag(tag).isEmpty();
        Proof expected = options.expected().orElse(released ? Proof.RELEASED : Proof.CANDIDATE);
        List<Check> checks = new ArrayList<>();
        SignatureVerifier verifier =
                verifier(checks, () -> CandidateFiles.of(candidate).read(CandidateFolder.KEYS));
        checks.addAll(CandidateChecks.all(candidate, registry, ReleaseKinds.ALL, released, verifier, progress));
        checks.addAll(names(ReleaseKinds.ALL, candidate, registry, released));
        release.or(() -> released ? Optional.of(registry.location()) : Optional.empty())
                .ifPresent(r ->
                        checks.addAll(ChartImageChecks.of(candidate.candidate(), CandidateFiles.of(candidate), r)));
        Proof proved = Check.failures(checks).isEmpty() ? Proof.CANDIDATE : Proof.NOTHING;
        Optional<Check> vote = RecordChecks.vote(store, candidate, verifier, notes, expected.covers(Proof.VOTED));
        vote.ifPresent(checks::add);
        if (proved == Proof.CANDIDATE && vote.filter(Verify::isPassed).isPresent()) {
            proved = Proof.VOTED;
        }
        new Withdrawals(store, candidate, notes)
                .find(verifier)
                .ifPresent(w -> checks.add(Check.failed(WITHDRAWAL, w.version().toString(), w.phrase())));
        checks.addAll(EvidenceChecks.of(store, candidate, verifier, progress));
        if (released && expected.covers(Proof.VOTED)) {
            Check promotion =
                    RecordChecks.promotion(store, candidate, verifier, notes, references(candidate, registry, store));
            boolean needed = expected == Proof.RELEASED;
            if (needed || isPassed(promotion)) {
                checks.add(promotion);
            }
            if (proved == Proof.VOTED && isPassed(promotion)) {
                proved = Proof.RELEASED;
            }
        }
        return result(
                store.repository().reference() + ":" + tag, Optional.of(candidate.digest()), expected, proved, checks);
    }

    private static boolean isPassed(Check check) {
        return check.state() == Check.State.PASSED;
    }

    private static Proof signedFiles(List<Check> checks) {
        return Check.failures(checks).isEmpty() ? Proof.CANDIDATE : Proof.NOTHING;
    }

    private Result result(String subject, Optional<Digest> digest, Proof expected, Proof proved, List<Check> checks) {
        Proof wanted = options.expected().orElse(expected);
        boolean complete = options.skip() || checks.stream().noneMatch(c -> c.state() == Check.State.SKIPPED);
        return new Result(subject, digest, proved, wanted, complete, checks);
    }

    /** The names of a release, as its promotion record must have them: these and no others. */
    private static Map<String, Digest> references(StagedCandidate candidate, Registry registry, CandidateStore store) {
        Map<String, Digest> names = new TreeMap<>();
        ReleaseKinds.ALL
                .contents(candidate.candidate(), candidate.id())
                .forEach(content -> content.published()
                        .ifPresent(place -> names.put(
                                registry.repository(place.repository()).reference() + ":" + place.tag(),
                                content.digest())));
        names.put(store.repository().reference() + ":" + candidate.candidate().version(), candidate.digest());
        return names;
    }

    /** A version or candidate by name, with the repository that it comes from: its signed tag is checked too. */
    public Result named(Workspace workspace, String name) {
        Optional<CandidateId> id = CandidateId.ofTag(name);
        Version version = id.map(CandidateId::version).orElseGet(() -> Version.parse(name));
        ReleaseLine line = ReleaseLine.of(workspace, version);
        ReleaseConfig config = id.isPresent() ? line.config() : line.trunkConfig();
        Verify with = new Verify(options.with(options.keys().or(() -> trusted(workspace))), clock, progress);
        Registry registry = id.isPresent() ? line.staging() : line.release();
        Result result = with.candidate(
                registry,
                config.candidateRepository(),
                name,
                Optional.of(line.release().location()),
                Optional.of(line.notes()));
        if (id.isPresent()) {
            return result;
        }
        List<Check> checks = new ArrayList<>(result.checks());
        Check tag = with.tag(workspace, version, registry, config);
        checks.add(tag);
        Proof proved = isPassed(tag) || result.proved() != Proof.RELEASED ? result.proved() : Proof.VOTED;
        return new Result(result.subject(), result.digest(), proved, result.expected(), result.complete(), checks);
    }

    /**
     * A candidate or release by name, made again from its commit: what {@link #named} proves is who signed it, this is what it was
     * made of.
     */
    public static List<Check> rebuilt(Workspace workspace, String name) {
        Optional<CandidateId> id = CandidateId.ofTag(name);
        ReleaseLine line =
                ReleaseLine.of(workspace, id.map(CandidateId::version).orElseGet(() -> Version.parse(name)));
        CandidateStore store = id.isPresent() ? line.candidates() : line.released();
        return store.findNamed(name)
                .map(candidate -> RebuildChecks.of(workspace, candidate))
                .orElseGet(List::of);
    }

    /** The keys of trunk, which a team reviews like any other change. */
    public static Optional<byte[]> trusted(Workspace workspace) {
        ReleaseConfig config = workspace.trunkConfig();
        return workspace.git().tree(workspace.trunk(config)).read(CandidateFolder.KEYS);
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
    static List<Check> names(Kinds kinds, StagedCandidate candidate, Registry registry, boolean released) {
        List<Check> checks = new ArrayList<>();
        kinds.contents(candidate.candidate(), candidate.id())
                .forEach(content -> content.place(released)
                        .ifPresent(place -> checks.add(NameChecks.leads(
                                registry.repository(place.repository()), place.tag(), content.digest()))));
        return checks;
    }

    private SignatureVerifier verifier(List<Check> checks, Supplier<byte[]> comeAlong) {
        byte[] trusted = options.keys().orElseGet(() -> {
            checks.add(
                    options.ownKeys()
                            ? Check.passed(
                                    "key",
                                    CandidateFolder.KEYS,
                                    "those that came with the candidate, as asked: they prove that it is whole, and not whose it is")
                            : Check.failed(
                                    "key",
                                    CandidateFolder.KEYS,
                                    "expected keys that you trust, found only those that came with the candidate; give a file of keys"));
            return comeAlong.get();
        });
        PublicKeys known = PublicKeys.of(trusted);
        known.warnings().forEach(w -> progress.message("WARNING: in " + CandidateFolder.KEYS + ", " + w + "."));
        return SignatureVerifier.of(known, clock);
    }
}
