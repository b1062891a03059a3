package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Copies images whole between repositories, by raw manifest bytes: the copy has the same digest. */
public final class ImageCopier {
    private static final int AT_ONCE = 4;
    /** An index within an index is allowed; more than a few levels is an attack. */
    private static final int MOST_LEVELS = 8;

    private final Progress progress;

    /** @param progress told of each blob that moves */
    public ImageCopier(Progress progress) {
        this.progress = progress;
    }

    /**
     * What a copy did.
     *
     * @param bytesMoved of blobs that went through this process; mounted ones count nothing
     */
    public record Copied(long bytesMoved, int blobsMoved, int blobsMounted, int manifestsPushed) {
        static final Copied NOTHING = new Copied(0, 0, 0, 0);

        Copied plus(Copied more) {
            return new Copied(
                    bytesMoved + more.bytesMoved,
                    blobsMoved + more.blobsMoved,
                    blobsMounted + more.blobsMounted,
                    manifestsPushed + more.manifestsPushed);
        }
    }

    /**
     * Copies an image, index (with all its children) or artifact, without a tag. Makes no mutating request when the
     * target has it. A stop in the middle leaves only unnamed blobs and manifests; running again goes on.
     */
    public Copied copy(Repository from, Digest digest, Repository to) {
        return copy(from, digest, Optional.empty(), to, 1, false);
    }

    /**
     * The same where the target may have lost parts of what it once had: every part is looked for, and put again when it is
     * gone. Makes no mutating request when all of it is there.
     */
    public Copied complete(Repository from, Digest digest, Repository to) {
        return Parts.lost(to, digest).isEmpty() ? Copied.NOTHING : copy(from, digest, Optional.empty(), to, 1, true);
    }

    /** Like {@link #copy(Repository, Digest, Repository)}, for callers who have the manifest: one request less. */
    public Copied copy(Repository from, Manifest manifest, Repository to) {
        return copy(from, manifest.digest(), Optional.of(manifest), to, 1, false);
    }

    /** @param anew also below manifests that the target has */
    private Copied copy(
            Repository from, Digest digest, Optional<Manifest> known, Repository to, int level, boolean anew) {
        if (!anew && to.resolve(digest.toString()).isPresent()) {
            return Copied.NOTHING;
        }
        String action = "copy " + from.reference() + "@" + digest + " to " + to.reference();
        Manifest manifest = known.or(() -> from.manifest(digest.toString()))
                .orElseThrow(() -> Reasons.failure(action, "it is not there", null));
        ManifestView view = manifest.view();
        if (level > MOST_LEVELS) {
            throw Reasons.failure(action, "its indexes are nested more than " + MOST_LEVELS + " deep", null);
        }
        Copied done = Copied.NOTHING;
        // What a manifest names comes before it: a registry that has a manifest has all of it.
        for (Descriptor child : view.manifests()) {
            done = done.plus(copy(from, child.digest(), Optional.empty(), to, level + 1, anew));
        }
        keepChildren(view, manifest.digest(), to);
        done = done.plus(blobs(from, view, to, action));
        if (to instanceof ServerRepository server) {
            server.put(manifest, digest.toString()); // it was looked for above
        } else {
            to.pushManifest(manifest);
        }
        return done.plus(new Copied(0, 0, 0, 1));
    }

    /**
     * Some registries' clean-up takes an index's children for litter, since no tag names them (distribution/distribution#3178
     * for the one that everybody runs).
     */
    private static void keepChildren(ManifestView index, Digest digest, Repository to) {
        if (!index.manifests().isEmpty() && to instanceof ServerRepository server && !server.listsReferrers(digest)) {
            for (Descriptor child : index.manifests()) {
                server.keep(child.digest(), digest);
            }
        }
    }

    private Copied blobs(Repository from, ManifestView view, Repository to, String action) {
        Map<Digest, Descriptor> wanted = new LinkedHashMap<>();
        view.config().ifPresent(config -> wanted.put(config.digest(), config));
        view.layers().stream()
                .filter(layer -> !MediaTypes.isForeign(layer.mediaType()))
                .forEach(layer -> wanted.put(layer.digest(), layer));
        if (wanted.isEmpty()) {
            return Copied.NOTHING;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, wanted.size()), work -> {
            Thread thread = new Thread(work, "darwin-copy");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Copied>> all = new ArrayList<>();
            wanted.values().forEach(blob -> all.add(threads.submit(() -> blob(from, blob, to))));
            Copied done = Copied.NOTHING;
            for (Future<Copied> each : all) {
                done = done.plus(each.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Reasons.failure(action, "interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow(); // after a failure the others stop too
        }
    }

    private Copied blob(Repository from, Descriptor blob, Repository to) {
        // In one registry a mount is one request whether the blob is there or not; looking first would be a second one.
        if (to.mount(blob.digest(), from)) {
            return new Copied(0, 0, 1, 0);
        }
        if (to.hasBlob(blob.digest())) {
            return Copied.NOTHING;
        }
        String label = "blob " + blob.digest().abbreviated();
        try (Progress.Task task = progress.start(label, blob.size(), Progress.Unit.BYTES)) {
            to.pushBlob(blob.digest(), blob.size(), () -> from.blob(blob.digest(), blob.size()), task);
        }
        return new Copied(blob.size(), 1, 0, 0);
    }
}
