package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.Optional;

/**
 * A name that a script is going to push to. A build that is reproducible pushes the very same digest again, and no registry tells
 * when a name was last written: so what stands there is moved away before, and whatever stands there afterwards was pushed. If
 * nothing was, the old image gets its name back.
 */
final class AwaitedTag {
    private static final String TYPE = "application/vnd.darwin.release.awaited.v1+json";
    private static final String WAS = "io.jenkins.plugins.darwin.was";

    private final Repository repository;
    private final String tag;
    private final Progress progress;
    private Optional<Manifest> old = Optional.empty();
    private Optional<Digest> placeholder = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    AwaitedTag(Repository repository, String tag, Progress progress) {
        this.repository = repository;
        this.tag = tag;
        this.progress = progress;
    }

    /** Moves away what is there. Where the registry doesn't let us, only another digest will count as pushed. */
    void moveAway() {
        Optional<Manifest> there = repository.manifest(tag);
        if (there.isEmpty()) {
            return;
        }
        // One of ours, from a build that was killed: the image that it stands for is still there by its digest.
        Optional<String> before = Optional.ofNullable(
                        there.get().view().annotations().get(WAS))
                .filter(was -> there.get().view().artifactType().equals(Optional.of(TYPE)));
        old = before.isPresent() ? repository.manifest(before.get()) : there;
        Manifest instead = ArtifactManifest.ofType(TYPE)
                .annotation(WAS, before.orElse(there.get().digest().toString()))
                .build();
        try {
            byte[] empty = ArtifactManifest.emptyBytes();
            try (Progress.Task task = progress.start("await " + tag, empty.length, Progress.Unit.BYTES)) {
                repository.pushBlob(Digest.sha256(empty), empty.length, BlobSource.of(empty), task);
            }
            repository.tag(instead, tag);
            placeholder = Optional.of(instead.digest());
        } catch (ReleaseException e) {
            refusal = Optional.of(e.getMessage());
        }
    }

    /** What was pushed there since; empty when nothing was, or nothing can be told from what was there. */
    Optional<Digest> pushed() {
        return repository
                .resolve(tag)
                .map(Descriptor::digest)
                .filter(digest -> !Optional.of(digest).equals(placeholder))
                .filter(digest ->
                        placeholder.isPresent() || !Optional.of(digest).equals(old.map(Manifest::digest)));
    }

    /** Why nothing counts as pushed; follows "the command ended well, but". */
    String fault() {
        String name = repository.reference() + ":" + tag;
        if (old.isEmpty()) {
            return "there is no " + name;
        }
        String still = name + " is still " + old.get().digest().abbreviated();
        return refusal.map(why -> still
                        + " (whether the same was pushed again can't be told: the registry did not let its name be moved"
                        + " away meanwhile: " + why + ")")
                .orElse(still);
    }

    /** Gives the name back when nothing was pushed. */
    void restore() {
        if (placeholder.isEmpty() || old.isEmpty()) {
            return;
        }
        // Also when the build was interrupted: the client would refuse to work with the flag set.
        boolean interrupted = Thread.interrupted();
        try {
            if (repository.resolve(tag).map(Descriptor::digest).equals(placeholder)) {
                repository.tag(old.get(), tag);
            }
        } catch (ReleaseException e) {
            progress.message("The name " + repository.reference() + ":" + tag + " could not be given back to "
                    + old.get().digest() + ": " + e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
