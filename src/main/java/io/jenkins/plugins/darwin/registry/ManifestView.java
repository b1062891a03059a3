package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest's bytes say (image-spec 1.1, manifest.md and image-index.md).
 *
 * @param config absent in an index
 * @param layers empty in an index
 * @param manifests the children of an index, else empty
 * @param artifactType by its own field, else by the config's media type, as the referrers API reports it
 */
public record ManifestView(
        String mediaType,
        Optional<String> artifactType,
        Optional<Descriptor> config,
        List<Descriptor> layers,
        List<Descriptor> manifests,
        Optional<Descriptor> subject,
        Map<String, String> annotations) {

    /** Reads a manifest of any type we know, and refuses all else with a sentence that can follow "because: ". */
    public static ManifestView parse(byte[] raw) {
        if (raw.length > Manifest.LIMIT) {
            throw ReleaseException.failed("the manifest has more than " + Manifest.LIMIT + " bytes");
        }
        ObjectNode json = Json.object(raw, "the manifest");
        if (json.path("schemaVersion").asInt() != 2) {
            throw ReleaseException.failed("the answer is not a manifest: expected schemaVersion 2, found "
                    + Json.shown(json.path("schemaVersion")));
        }
        boolean index = json.has("manifests");
        if (index == json.has("config")) {
            throw ReleaseException.failed("the answer is not a manifest: expected either manifests or config");
        }
        String mediaType = json.path("mediaType").asText(index ? MediaTypes.IMAGE_INDEX : MediaTypes.IMAGE_MANIFEST);
        if (!MediaTypes.MANIFESTS.contains(mediaType) || MediaTypes.isIndex(mediaType) != index) {
            // A type that disagrees with the content is how CVE-2021-41190 confused clients.
            throw ReleaseException.failed("the manifest's media type '" + Json.shown(json.path("mediaType"))
                    + "' is unknown or does not fit its content");
        }
        Optional<Descriptor> config = index ? Optional.empty() : Optional.of(Json.descriptor(json.path("config")));
        Optional<String> type = Json.text(json, "artifactType").or(() -> config.map(Descriptor::mediaType));
        JsonNode subject = json.path("subject");
        return new ManifestView(
                mediaType,
                type,
                config,
                Json.descriptors(json.path("layers")),
                Json.descriptors(json.path("manifests")),
                subject.isObject() ? Optional.of(Json.descriptor(subject)) : Optional.empty(),
                Json.annotations(json.path("annotations")));
    }

    public boolean isIndex() {
        return MediaTypes.isIndex(mediaType);
    }
}
