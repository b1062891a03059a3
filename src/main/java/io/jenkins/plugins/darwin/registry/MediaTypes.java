package io.jenkins.plugins.darwin.registry;

import java.util.List;

/** The media types of image-spec 1.1 and their Docker forms. */
public final class MediaTypes {
    public static final String IMAGE_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String IMAGE_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String IMAGE_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String IMAGE_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    /** The config of an artifact that has none: the two bytes {@code {}} (image-spec, manifest.md). */
    public static final String EMPTY = "application/vnd.oci.empty.v1+json";

    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** All that we can read as a manifest, in the order of our preference. */
    static final List<String> MANIFESTS = List.of(IMAGE_INDEX, IMAGE_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST);

    private MediaTypes() {}

    static boolean isIndex(String mediaType) {
        return mediaType.equals(IMAGE_INDEX) || mediaType.equals(DOCKER_LIST);
    }

    /** Layers that by their licence stay where their URLs say (image-spec, layer.md): not ours to copy. */
    static boolean isForeign(String mediaType) {
        return mediaType.startsWith("application/vnd.oci.image.layer.nondistributable.")
                || mediaType.startsWith("application/vnd.docker.image.rootfs.foreign.");
    }
}
