package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Builds the index of an image for several platforms (image-spec 1.1, image-index.md); the same children give the same bytes. */
public final class ImageIndex {
    private ImageIndex() {}

    /**
     * One platform's image.
     *
     * @param platform {@code os/architecture[/variant]}
     */
    public record Child(String platform, Manifest manifest) {}

    /** @param children in the order in which clients look for theirs */
    public static Manifest of(List<Child> children) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.IMAGE_INDEX);
        ArrayNode manifests = json.putArray("manifests");
        for (Child child : children) {
            ObjectNode entry = manifests.addObject();
            entry.put("mediaType", child.manifest().mediaType());
            entry.put("digest", child.manifest().digest().toString());
            entry.put("size", child.manifest().raw().length);
            String[] parts = child.platform().split("/", 3);
            ObjectNode platform = entry.putObject("platform");
            platform.put("architecture", parts[1]);
            platform.put("os", parts[0]);
            if (parts.length > 2) {
                platform.put("variant", parts[2]);
            }
        }
        return Manifest.of(Json.bytes(json));
    }
}
