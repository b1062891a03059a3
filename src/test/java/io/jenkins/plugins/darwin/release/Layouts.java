package io.jenkins.plugins.darwin.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Digest;
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

    /** Takes the manifests of one artifact type out of the index and of every list of referrers. */
    static void forgetOf(Path repository, String type) throws IOException {
        change(repository, (root, entries) -> {
            for (Iterator<JsonNode> each = entries.elements(); each.hasNext(); ) {
                ObjectNode entry = (ObjectNode) each.next();
                Path blob = blob(repository, entry.get("digest").asText());
                JsonNode manifest = JSON.readTree(blob.toFile());
                if (manifest.path("artifactType").asText().equals(type)) {
                    each.remove();
                } else if (tag(entry).startsWith("sha256-")) {
                    for (Iterator<JsonNode> listed = manifest.get("manifests").elements(); listed.hasNext(); ) {
                        if (listed.next().path("artifactType").asText().equals(type)) {
                            listed.remove();
                        }
                    }
                    byte[] list = JSON.writeValueAsBytes(manifest);
                    String digest = Digest.sha256(list).toString();
                    Files.write(blob(repository, digest), list);
                    entry.put("digest", digest).put("size", list.length);
                }
            }
        });
    }

    private interface Change {
        void make(ObjectNode root, ArrayNode entries) throws IOException;
    }

    private static void change(Path repository, Change change) throws IOException {
        Path index = repository.resolve("index.json");
        ObjectNode root = (ObjectNode) JSON.readTree(index.toFile());
        change.make(root, (ArrayNode) root.get("manifests"));
        JSON.writeValue(index.toFile(), root);
    }

    private static String tag(JsonNode entry) {
        return entry.path("annotations")
                .path("org.opencontainers.image.ref.name")
                .asText();
    }

    private static Path blob(Path repository, String digest) {
        return repository.resolve("blobs").resolve(digest.replace(':', '/'));
    }
}
