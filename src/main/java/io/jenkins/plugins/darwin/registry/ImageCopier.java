package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;

/** Copies images whole between repositories, by raw manifest bytes: the copy has the same digest. */
public final class ImageCopier {
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
        Copied plus(Copied more) {
            return new Copied(bytesMoved + more.bytesMoved, blobsMoved + more.blobsMoved,
                    blobsMounted + more.blobsMounted, manifestsPushed + more.manifestsPushed);
        }
    }

    /**
     * Copies an image, index (with all its children) or artifact, without a tag. Makes no mutating request when the
     * target has it. A stop in the middle leaves only unnamed blobs and manifests; running again goes on.
     */
    public Copied copy(Repository from, Digest digest, Repository to) {
        throw new UnsupportedOperationException(from.reference() + digest + to.reference() + progress);
    }
}
