package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Builds the manifest of an image or artifact (image-spec 1.1, "Guidelines for Artifact Usage"). The same parts in the
 * same order always give the same bytes: fixed key order, sorted annotations, no white space.
 */
public final class ArtifactManifest {
    /** Names {@link #emptyBytes}. */
    public static final Descriptor EMPTY_CONFIG =
            Descriptor.of(MediaTypes.EMPTY, Digest.sha256(emptyBytes()), emptyBytes().length);

    private final Optional<String> artifactType;
    private final List<Descriptor> layers = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private Descriptor config = EMPTY_CONFIG;
    private Optional<Descriptor> subject = Optional.empty();

    private ArtifactManifest(Optional<String> artifactType) {
        this.artifactType = artifactType;
    }

    /** The two bytes {@code {}} that stand for an empty config; push them before the manifest. */
    public static byte[] emptyBytes() {
        return "{}".getBytes(StandardCharsets.UTF_8);
    }

    /** An artifact of this type, with the empty config until told otherwise. */
    public static ArtifactManifest ofType(String artifactType) {
        return new ArtifactManifest(Optional.of(artifactType));
    }

    /** A plain image, or another thing that its config's media type names (a Helm chart). */
    public static ArtifactManifest ofConfig(Descriptor config) {
        return new ArtifactManifest(Optional.empty()).config(config);
    }

    public ArtifactManifest config(Descriptor value) {
        config = value;
        return this;
    }

    /** Adds one layer, after those already there. */
    public ArtifactManifest layer(Descriptor value) {
        layers.add(value);
        return this;
    }

    /** The manifest that this one refers to; its annotations are left out. */
    public ArtifactManifest subject(Descriptor value) {
        subject = Optional.of(Descriptor.of(value.mediaType(), value.digest(), value.size()));
        return this;
    }

    public ArtifactManifest annotation(String name, String value) {
        annotations.put(name, value);
        return this;
    }

    /**
     * The finished manifest. An artifact without layers gets the empty one, as the specification asks for; it is the
     * blob of {@link #EMPTY_CONFIG} too.
     */
    public Manifest build() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.IMAGE_MANIFEST);
        artifactType.ifPresent(type -> json.put("artifactType", type));
        json.set("config", Json.write(config));
        ArrayNode array = json.putArray("layers");
        (layers.isEmpty() && artifactType.isPresent() ? List.of(EMPTY_CONFIG) : layers)
                .forEach(layer -> array.add(Json.write(layer)));
        subject.ifPresent(value -> json.set("subject", Json.write(value)));
        Json.write(json, annotations);
        return Manifest.of(Json.bytes(json));
    }
}
