package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.Attachments;
import io.jenkins.plugins.darwin.candidate.CandidateDocuments;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.Descriptors;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.FileHasher;
import io.jenkins.plugins.darwin.openpgp.HashedFile;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.openpgp.SigningTrailer;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signs one candidate's files and stages it. What is signed is what was built: exactly the files of the candidate as it was made again, and the documents around them, never what else lies beside them.
 */
final class CandidateSigning {
    private static final int HASHING_THREADS = 2;

    private final Workspace workspace;
    private final StagedCandidate built;
    private final CandidateDocuments documents;
    private final CandidateFolder folder;
    private final DetachedSigner signer;
    private final CandidateStore store;

    private Manifest manifest;

    /** @param expected what was built, which what is staged was found to be */
    CandidateSigning(
            Workspace workspace,
            StagedCandidate built,
            Candidate expected,
            CandidateFolder folder,
            DetachedSigner signer,
            CandidateStore store) {
        this.workspace = workspace;
        this.built = built;
        this.documents = new CandidateDocuments(expected);
        this.folder = folder;
        this.signer = signer;
        this.store = store;
    }

    private CandidateId id() {
        return built.id();
    }

    List<String> signatureNames() {
        return documents.signatureNames();
    }

    Manifest manifest() {
        return manifest;
    }

    /** How this machine's folder differs from what was built; empty when it does not, or is not there. */
    Optional<String> folderDifference() {
        return folder.exists() ? folder.difference(documents) : Optional.empty();
    }

    /**
     * Signs all files in one reading of each, which also proves that they are what was built.
     *
     * @param made takes the name of each signature as soon as it is written
     */
    void sign(Consumer<String> made) {
        if (!folder.exists()) {
            folder.download(built, workspace.progress());
        }
        Map<String, SigningTrailer> trailers = new HashMap<>();
        documents
                .signable()
                .forEach(name -> trailers.put(
                        name,
                        signer.trailer(SignedFor.file(documents.candidate().project(), id(), name))));
        List<Path> paths = documents.signable().stream().map(folder::file).toList();
        List<HashedFile> files = hash(paths, trailers);
        requireAsBuilt(files); // all of them, before the first is signed
        for (HashedFile file : files) {
            folder.write(
                    file.name() + ".asc",
                    signer.sign(
                                    trailers.get(file.name()),
                                    folder.file(file.name()),
                                    file.signable().orElseThrow())
                            .getBytes(StandardCharsets.US_ASCII));
            made.accept(file.name() + ".asc");
        }
        folder.write(CandidateFolder.KEYS, signer.publicKey().getBytes(StandardCharsets.US_ASCII));
    }

    private List<HashedFile> hash(List<Path> paths, Map<String, SigningTrailer> trailers) {
        try {
            return new FileHasher(HASHING_THREADS, true, workspace.progress())
                    .hash(paths, name -> Optional.of(trailers.get(name)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReleaseException.failed("Stopped while signing " + id() + "; nothing was staged, run again.", e);
        }
    }

    private void requireAsBuilt(List<HashedFile> files) {
        Map<String, Digest> expected = new HashMap<>();
        documents.files().forEach(f -> expected.put(f.title().orElseThrow(), f.digest()));
        for (HashedFile file : files) {
            if (!expected.get(file.name()).equals(file.sha256().orElseThrow())) {
                throw ReleaseException.refused(folder.file(file.name()) + " was changed since it was built: expected "
                        + expected.get(file.name()) + ", found " + file.sha256().get()
                        + ". Nothing was signed; move the folder " + folder.path() + " away and run again.");
            }
        }
    }

    /** Blobs, then the manifest by digest, then the signature over it. */
    void pushManifest() {
        List<String> own = new ArrayList<>(signatureNames());
        own.add(CandidateFolder.KEYS);
        List<Descriptor> pushed = Descriptors.pushFolder(store.repository(), folder, own, id(), workspace.progress());
        manifest = documents.signed(id(), pushed);
        store.repository().pushManifest(manifest);
        Attachments.attachSigned(
                store,
                manifest.descriptor(),
                MediaType.SIGNATURE,
                "manifest.json",
                manifest.raw(),
                SignedFor.candidate(documents.candidate().project(), id(), manifest.digest()),
                signer,
                false);
    }

    void tag() {
        // The build's own name stays: many registries delete no tags, and a run that dies before it could would leave
        // it anyway.
        Names.giveNew(store.repository(), manifest, id().toString());
    }
}
