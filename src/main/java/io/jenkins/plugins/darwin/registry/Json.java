package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON as registries speak it. Read strictly: a key given twice means two things to two readers. */
final class Json {
    /** Far beyond any manifest or answer. */
    private static final int DEEPEST = 100;

    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** @param what names the bytes in the error, such as "the manifest" */
    static ObjectNode object(byte[] raw, String what) {
        try {
            if (MAPPER.readTree(raw) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // told below: the parser's own words quote the input
        }
        throw ReleaseException.failed(what + " is not a JSON object");
    }

    static Descriptor descriptor(JsonNode json) {
        JsonNode size = json.path("size");
        if (!json.path("mediaType").isTextual()
                || !json.path("digest").isTextual()
                || !size.canConvertToLong()
                || !size.isIntegralNumber()
                || size.asLong() < 0) {
            throw ReleaseException.failed("the manifest has a descriptor without a proper mediaType, digest and size");
        }
        return new Descriptor(
                json.path("mediaType").asText(),
                Digest.parse(json.path("digest").asText()),
                size.asLong(),
                text(json, "artifactType"),
                annotations(json.path("annotations")));
    }

    static List<Descriptor> descriptors(JsonNode array) {
        List<Descriptor> all = new ArrayList<>();
        array.forEach(each -> all.add(descriptor(each)));
        return List.copyOf(all);
    }

    static Map<String, String> annotations(JsonNode json) {
        Map<String, String> all = new TreeMap<>();
        json.fields()
                .forEachRemaining(each -> all.put(each.getKey(), each.getValue().asText()));
        return all;
    }

    static Optional<String> text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        return value.isTextual() && !value.asText().isEmpty() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** In the key order of the specification's examples. */
    static ObjectNode write(Descriptor descriptor) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("mediaType", descriptor.mediaType());
        json.put("digest", descriptor.digest().toString());
        json.put("size", descriptor.size());
        write(json, descriptor.annotations());
        descriptor.artifactType().ifPresent(type -> json.put("artifactType", type));
        return json;
    }

    static void write(ObjectNode json, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            ObjectNode object = json.putObject("annotations");
            new TreeMap<>(annotations).forEach(object::put);
        }
    }

    static byte[] bytes(ObjectNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of strings and numbers always writes
        }
    }

    static String shown(JsonNode json) {
        return json.isMissingNode() ? "nothing" : printable(json.asText());
    }

    /** Text of a stranger, safe for a terminal and not long. */
    static String printable(String text) {
        String shown = ForeignText.line(text);
        return shown.length() > 200 ? shown.substring(0, 200) + "..." : shown;
    }
}
