package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.ManifestView;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Candidates in a registry: one repository, {@code <project>-release}, with a tag a candidate. */
public final class CandidateStore {
    /** Tags of candidates that are built and not signed begin so; nobody but the build looks at them. */
    private static final String BUILT = "build-";

    private final Repository repository;
    private final Optional<String> project;

    public CandidateStore(Registry registry, ReleaseConfig config) {
        this(registry.repository(config.candidateRepository()), Optional.of(config.project()));
    }

    /** @param repository {@code <project>-release} of a staging registry */
    public CandidateStore(Repository repository) {
        this(repository, Optional.empty());
    }

    private CandidateStore(Repository repository, Optional<String> project) {
        this.repository = repository;
        this.project = project;
    }

    public Repository repository() {
        return repository;
    }

    /** Tag of a candidate that is built and not signed. */
    public static String buildTag(CandidateId id) {
        return BUILT + id;
    }

    /** The signed candidates of a version, first to last. */
    public List<CandidateId> signed(Version version) {
        return candidates("", version);
    }

    /** Those that were built, whether signed since or not. */
    public List<CandidateId> built(Version version) {
        return candidates(BUILT, version);
    }

    public Optional<CandidateId> lastSigned(Version version) {
        return signed(version).stream().max(Comparator.naturalOrder());
    }

    private List<CandidateId> candidates(String prefix, Version version) {
        return repository.tags().stream()
                .filter(t -> t.startsWith(prefix))
                .flatMap(t -> CandidateId.ofTag(t.substring(prefix.length())).stream())
                .filter(id -> id.version().equals(version))
                .sorted()
                .toList();
    }

    /** The digest that a candidate's name stands for now; only what the registry says. */
    public Optional<Digest> digest(CandidateId id) {
        return repository.resolve(id.toString()).map(Descriptor::digest);
    }

    public Optional<StagedCandidate> findSigned(CandidateId id) {
        return load(id.toString(), id.version(), Optional.of(id), true);
    }

    public Optional<StagedCandidate> findBuilt(CandidateId id) {
        return load(buildTag(id), id.version(), Optional.of(id), false);
    }

    /** A signed candidate by any of its names: {@code X.Y.Z-RCn}, or {@code X.Y.Z} once it is released. */
    public Optional<StagedCandidate> findNamed(String tag) {
        Optional<CandidateId> id = CandidateId.ofTag(tag);
        Version version = id.map(CandidateId::version).orElseGet(() -> Version.parse(tag));
        return load(tag, version, id, true);
    }

    /** The name of a candidate that is known by its digest. */
    public String tagOf(Digest digest) {
        return repository.tags().stream()
                .filter(t -> CandidateId.ofTag(t).isPresent() || t.matches("\\d+\\.\\d+\\.\\d+"))
                .filter(t -> repository
                        .resolve(t)
                        .filter(d -> d.digest().equals(digest))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> ReleaseException.refused(
                        "No candidate in " + repository.reference() + " has the digest " + digest + "."));
    }

    private Optional<StagedCandidate> load(String tag, Version version, Optional<CandidateId> id, boolean signed) {
        return repository.manifest(tag).map(m -> staged(m, version, id, signed, repository.reference() + ":" + tag));
    }

    /** @param expected from the candidate's tag; a release's tag no longer says its number, so there the manifest does */
    private StagedCandidate staged(
            Manifest manifest, Version version, Optional<CandidateId> expected, boolean signed, String name) {
        ManifestView view = manifest.view();
        String type = signed ? Candidate.MEDIA_TYPE : MediaType.UNSIGNED;
        if (!view.artifactType().equals(Optional.of(type)) || view.config().isEmpty()) {
            throw ReleaseException.refused(
                    name + " is not a candidate: expected an artifact of type " + type + ", found "
                            + view.artifactType().orElse("none") + ". Somebody else uses this tag; move that away.");
        }
        Candidate candidate = Json.read(
                StagedCandidate.read(repository, view.config().get()), Candidate.class, Candidate.FILE + " of " + name);
        if (!candidate.version().equals(version)) {
            throw ReleaseException.refused(name + " is not a candidate of " + version + ": its " + Candidate.FILE
                    + " says " + candidate.version() + ".");
        }
        if (project.isPresent() && !project.get().equals(candidate.project())) {
            throw ReleaseException.refused(name + " is not a candidate of " + project.get() + ": its " + Candidate.FILE
                    + " says it is of '" + Version.printable(candidate.project()) + "'.");
        }
        CandidateId id = signed ? signedId(view, name) : expected.orElseThrow();
        if (!id.version().equals(version) || !expected.orElse(id).equals(id)) {
            throw ReleaseException.refused(name + " is another candidate under a wrong name: its manifest says " + id
                    + ". Somebody moved the tag; find out who, and build a new candidate.");
        }
        return new StagedCandidate(id, signed, repository, manifest, candidate);
    }

    /** The number is part of what is signed and voted on: a tag can be moved by whoever may push to staging. */
    private static CandidateId signedId(ManifestView view, String name) {
        return Optional.ofNullable(view.annotations().get(StagedCandidate.ID_ANNOTATION))
                .flatMap(CandidateId::ofTag)
                .orElseThrow(() -> ReleaseException.refused(name + " is not a signed candidate: expected its number in "
                        + "the annotation " + StagedCandidate.ID_ANNOTATION + " of its manifest."));
    }

    /**
     * The manifests of a kind that refer to this one, with their bytes, whoever put them there. What is listed and not there,
     * or can't be read, is left out: anybody who may push can list it.
     *
     * @see TrustedDocuments
     */
    public List<Manifest> attached(Digest subject, String artifactType) {
        return repository.referrers(subject).stream()
                .filter(d -> d.artifactType().equals(Optional.of(artifactType)))
                .flatMap(d -> readable(d.digest(), subject).stream())
                .filter(m -> Attachments.refersTo(m, subject))
                .toList();
    }

    private Optional<Manifest> readable(Digest attachment, Digest subject) {
        try {
            return repository.manifest(attachment.toString());
        } catch (ReleaseException e) {
            repository.resolve(subject.toString()); // a registry that does not answer at all says so here
            return Optional.empty();
        }
    }

    /** Puts a small document into the repository and names it. */
    public Descriptor push(String name, String mediaType, byte[] content) {
        Descriptor file = describe(name, mediaType, content);
        repository.pushBlob(
                file.digest(),
                file.size(),
                BlobSource.of(content),
                Progress.silent().start("", 0, Progress.Unit.BYTES));
        return file;
    }

    static Descriptor describe(String name, String mediaType, byte[] content) {
        return Descriptor.of(mediaType, Digest.sha256(content), content.length).titled(name);
    }
}
