package io.jenkins.plugins.darwin.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** What somebody with the right to write does to a registry in a folder, behind our back. */
final class Layouts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Layouts() {}

    /** Takes every manifest with a subject, and every list of referrers, out of the layout's index. */
    static void forgetReferrers(Path repository) {
        try {
            Path index = repository.resolve("index.json");
            ObjectNode root = (ObjectNode) JSON.readTree(index.toFile());
            for (Iterator<JsonNode> entries = root.get("manifests").elements(); entries.hasNext(); ) {
                JsonNode entry = entries.next();
                String tag = entry.path("annotations")
                        .path("org.opencontainers.image.ref.name")
                        .asText();
                Path blob = repository
                        .resolve("blobs")
                        .resolve(entry.get("digest").asText().replace(':', '/'));
                boolean refers =
                        Files.exists(blob) && JSON.readTree(blob.toFile()).has("subject");
                if (tag.startsWith("sha256-") || refers) {
                    entries.remove();
                }
            }
            JSON.writeValue(index.toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
