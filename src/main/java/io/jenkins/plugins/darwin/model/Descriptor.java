package io.jenkins.plugins.darwin.model;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What OCI calls a descriptor: the type, digest and size of a blob or manifest (image-spec, descriptor.md).
 *
 * @param size in bytes
 * @param artifactType empty unless the manifest behind it has one
 * @param annotations sorted by name, so that the same content has the same bytes
 */
public record Descriptor(
        String mediaType, Digest digest, long size, Optional<String> artifactType, Map<String, String> annotations) {
    /** The annotation that names a layer's file (image-spec, annotations.md). */
    public static final String TITLE = "org.opencontainers.image.title";

    public Descriptor {
        annotations = java.util.Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Optional.empty(), Map.of());
    }

    public Descriptor titled(String file) {
        Map<String, String> more = new TreeMap<>(annotations);
        more.put(TITLE, file);
        return new Descriptor(mediaType, digest, size, artifactType, more);
    }

    public Optional<String> title() {
        return Optional.ofNullable(annotations.get(TITLE));
    }
}
