package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A candidate as it stands in a registry.
 *
 * @param signed false while it is only built
 */
public record StagedCandidate(
        CandidateId id, boolean signed, Repository repository, Manifest manifest, Candidate candidate) {
    /** Annotation of the signed manifest that holds the candidate's name, {@code X.Y.Z-RCn}. */
    public static final String ID_ANNOTATION = "io.jenkins.plugins.darwin.candidate";

    /** Files that are read into memory are documents of ours; more than this is none, in bytes. */
    private static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;

    /** The candidate digest: what is voted on and promoted. */
    public Digest digest() {
        return manifest.digest();
    }

    public String project() {
        return candidate.project();
    }

    /** All files, by their titles. */
    public List<Descriptor> files() {
        return manifest.view().layers();
    }

    public Optional<Descriptor> file(String name) {
        return files().stream()
                .filter(f -> f.title().filter(name::equals).isPresent())
                .findFirst();
    }

    /** A small file's content, digest verified. */
    public byte[] read(Descriptor file) {
        return read(repository, file);
    }

    public static byte[] read(Repository repository, Descriptor file) {
        if (file.size() > LARGEST_DOCUMENT) {
            throw ReleaseException.failed("Not a document of ours: "
                    + file.title().orElse(file.digest().toString()) + " in " + repository.reference() + " has "
                    + file.size() + " bytes, expected at most " + LARGEST_DOCUMENT + ".");
        }
        try (InputStream in = repository.blob(file.digest(), file.size())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read " + file.title().orElse(file.digest().toString()) + " from " + repository.reference()
                            + " but failed because: " + e.getMessage(),
                    e);
        }
    }
}
