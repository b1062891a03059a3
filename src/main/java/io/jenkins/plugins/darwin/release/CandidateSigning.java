package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.Attachments;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.Descriptors;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.FileHasher;
import io.jenkins.plugins.darwin.openpgp.HashedFile;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Signs one candidate's files and stages it; each part once, when the plan first asks for it. */
final class CandidateSigning {
    private static final int HASHING_THREADS = 2;

    private final Workspace workspace;
    private final StagedCandidate built;
    private final CandidateFolder folder;
    private final DetachedSigner signer;
    private final CandidateStore store;

    private boolean signed;
    private Manifest manifest;

    CandidateSigning(
            Workspace workspace,
            StagedCandidate built,
            CandidateFolder folder,
            DetachedSigner signer,
            CandidateStore store) {
        this.workspace = workspace;
        this.built = built;
        this.folder = folder;
        this.signer = signer;
        this.store = store;
    }

    /** What gets a signature: every file but those that hold one checksum. */
    private List<String> signable() {
        return built.files().stream()
                .map(CandidateFolder::safeName)
                .filter(n -> !n.endsWith(".sha512") || n.equals(CandidateFolder.CHECKSUMS))
                .sorted()
                .toList();
    }

    List<String> signatureNames() {
        return signable().stream().map(n -> n + ".asc").toList();
    }

    Manifest manifest() {
        return manifest;
    }

    /** Signs all files in one reading of each, which also proves that they are what was built. */
    void sign() {
        if (signed) {
            return;
        }
        if (!folder.holds(built)) {
            folder.download(built, workspace.progress());
        }
        Map<String, SigningTrailer> trailers = new HashMap<>();
        signable()
                .forEach(name -> trailers.put(name, signer.trailer(SignedFor.file(built.project(), built.id(), name))));
        List<Path> paths = signable().stream().map(folder::file).toList();
        for (HashedFile file : hash(paths, trailers)) {
            requireAsBuilt(file);
            folder.write(
                    file.name() + ".asc",
                    signer.sign(trailers.get(file.name()), file.signable().orElseThrow())
                            .getBytes(StandardCharsets.US_ASCII));
        }
        folder.write(CandidateFolder.KEYS, signer.publicKey().getBytes(StandardCharsets.US_ASCII));
        signed = true;
    }

    private List<HashedFile> hash(List<Path> paths, Map<String, SigningTrailer> trailers) {
        try {
            return new FileHasher(HASHING_THREADS, true, workspace.progress())
                    .hash(paths, name -> Optional.of(trailers.get(name)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReleaseException.failed(
                    "Stopped while signing " + built.id() + "; nothing was staged, run again.", e);
        }
    }

    private void requireAsBuilt(HashedFile file) {
        Descriptor expected = built.file(file.name()).orElseThrow();
        if (!expected.digest().equals(file.sha256().orElseThrow())) {
            throw ReleaseException.refused(folder.file(file.name()) + " was changed since it was built: expected "
                    + expected.digest() + ", found " + file.sha256().get() + ". Nothing was staged; delete the folder "
                    + folder.path() + " and run again.");
        }
    }

    /** Blobs, then the manifest by digest, then the signature over it. */
    void pushManifest() {
        List<String> own = new ArrayList<>(signatureNames());
        own.add(CandidateFolder.KEYS);
        Map<String, Descriptor> files =
                built.files().stream().collect(Collectors.toMap(CandidateFolder::safeName, f -> f));
        Descriptors.pushFolder(store.repository(), folder, own, built.id(), workspace.progress())
                .forEach(f -> files.put(f.title().orElseThrow(), f));
        Descriptor json = files.get(Candidate.FILE);
        ArtifactManifest parts = ArtifactManifest.ofType(Candidate.MEDIA_TYPE)
                .config(Descriptor.of(Candidate.MEDIA_TYPE, json.digest(), json.size()))
                .annotation(
                        "org.opencontainers.image.created",
                        built.candidate().created().toString())
                .annotation(
                        "org.opencontainers.image.revision",
                        built.candidate().commit().sha())
                .annotation(StagedCandidate.ID_ANNOTATION, built.id().toString())
                .annotation("org.opencontainers.image.title", built.candidate().project())
                .annotation(
                        "org.opencontainers.image.version",
                        built.candidate().version().toString());
        files.values().stream()
                .sorted(java.util.Comparator.comparing(f -> f.title().orElseThrow()))
                .forEach(parts::layer);
        manifest = parts.build();
        store.repository().pushManifest(manifest);
        Attachments.attachSigned(
                store,
                manifest.descriptor(),
                MediaType.SIGNATURE,
                "manifest.json",
                manifest.raw(),
                SignedFor.candidate(built.project(), built.id(), manifest.digest()),
                signer,
                false);
    }

    void tag() {
        // The build's own name stays: many registries delete no tags, and a run that dies before it could would leave
        // it anyway.
        Names.giveNew(store.repository(), manifest, built.id().toString());
    }
}
