package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.kind.Kinds;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.ManifestView;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads every byte behind what has a place of its own in a registry, and proves its digest. */
public final class ImageChecks {
    private final Registry registry;
    private final Progress progress;

    public ImageChecks(Registry registry, Progress progress) {
        this.registry = registry;
        this.progress = progress;
    }

    /** @param released whether it is looked for under its public names, else in staging */
    public List<Check> run(Kinds kinds, Candidate candidate, CandidateId id, boolean released) {
        List<Check> checks = new ArrayList<>();
        for (Content content : kinds.contents(candidate, id)) {
            content.place(released).ifPresent(place -> {
                Repository repository = registry.repository(place.repository());
                checks.add(content(content.kind(), repository, content.digest()));
                content.file().ifPresent(file -> checks.add(sameAsFile(kinds, content, repository, file, candidate)));
            });
        }
        return checks;
    }

    private Check content(String kind, Repository repository, Digest digest) {
        return content(kind, repository, digest, progress);
    }

    /** Reads every byte of one image, chart or artifact. */
    public static Check content(String kind, Repository repository, Digest digest, Progress progress) {
        String subject = repository.reference() + "@" + digest.abbreviated();
        try (Progress.Task task = progress.start("check " + repository.reference(), -1, Progress.Unit.BYTES)) {
            long bytes = read(repository, digest, task, new HashSet<>());
            return Check.passed(kind, subject, bytes + " bytes");
        } catch (ReleaseException | IOException e) {
            return Check.failed(kind, subject, String.valueOf(e.getMessage()));
        }
    }

    private static long read(Repository repository, Digest digest, Progress.Task task, Set<Digest> seen)
            throws IOException {
        Manifest manifest = Names.require(repository, digest);
        ManifestView view = manifest.view();
        long bytes = manifest.raw().length;
        for (Descriptor child : view.manifests()) {
            bytes += read(repository, child.digest(), task, seen);
        }
        List<Descriptor> blobs = new ArrayList<>(view.layers());
        view.config().ifPresent(blobs::add);
        for (Descriptor blob : blobs) {
            if (!seen.add(blob.digest())) {
                continue;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("stopped");
            }
            try (InputStream in = repository.blob(blob.digest(), blob.size())) {
                in.transferTo(java.io.OutputStream.nullOutputStream()); // the stream throws when the digest is another
            }
            task.advance(blob.size());
            bytes += blob.size();
        }
        return bytes;
    }

    /** What a registry holds and the file that people download must be the same. */
    private static Check sameAsFile(
            Kinds kinds, Content content, Repository repository, String file, Candidate candidate) {
        try {
            Manifest manifest = Names.require(repository, content.digest());
            return kinds.fault(content, manifest, candidate)
                    .map(fault -> Check.failed(content.kind(), file, fault))
                    .orElseGet(() -> Check.passed(
                            content.kind(), file, "the " + content.kind() + " in the registry holds this file"));
        } catch (ReleaseException e) {
            return Check.failed(content.kind(), file, e.getMessage());
        }
    }
}
