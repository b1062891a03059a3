package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a repository has every part of something, by asking and without reading the large ones. */
public final class Parts {
    /** An index within an index is allowed; more than a few levels is an attack. */
    private static final int MOST_LEVELS = 8;

    private Parts() {}

    /** The first part that is not there, for people; empty when all are. */
    public static Optional<String> lost(Repository repository, Digest digest) {
        return lost(repository, digest, 1);
    }

    private static Optional<String> lost(Repository repository, Digest digest, int level) {
        Optional<Manifest> manifest = level > MOST_LEVELS ? Optional.empty() : repository.manifest(digest.toString());
        if (manifest.isEmpty()) {
            return Optional.of("manifest " + digest.abbreviated());
        }
        ManifestView view = manifest.get().view();
        for (Descriptor child : view.manifests()) {
            Optional<String> lost = lost(repository, child.digest(), level + 1);
            if (lost.isPresent()) {
                return lost;
            }
        }
        List<Descriptor> blobs = new ArrayList<>(view.layers());
        blobs.removeIf(layer -> MediaTypes.isForeign(layer.mediaType()));
        view.config().ifPresent(blobs::add);
        return blobs.stream()
                .map(Descriptor::digest)
                .distinct()
                .filter(blob -> !repository.hasBlob(blob))
                .findFirst()
                .map(blob -> "blob " + blob.abbreviated());
    }
}
