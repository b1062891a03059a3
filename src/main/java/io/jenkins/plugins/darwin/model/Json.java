package io.jenkins.plugins.darwin.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How our documents are written: the same value always gives the same bytes. Members in the order that the record
 * declares them, maps sorted, two spaces, line feeds on every system, times as ISO 8601 in UTC, empty optionals left out.
 */
public final class Json {
    /** None of ours is nested a tenth as deep. */
    private static final int DEEPEST = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION) // a key given twice means two things to two readers
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // a later version may say more
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .defaultPrettyPrinter(new StablePrinter())
            .build();

    private Json() {}

    /** The document's bytes, UTF-8, ending with a line feed. */
    public static byte[] write(Object value) {
        try {
            return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // our own records can always be written
        }
    }

    /**
     * Reads a document from outside.
     *
     * @param what names it in the message
     * @throws ReleaseException failed, when the bytes are not such a document
     */
    public static <T> T read(byte[] bytes, Class<T> type, String what) {
        try {
            T value = MAPPER.readValue(bytes, type);
            if (value == null) {
                throw ReleaseException.failed(what + " is not readable: expected a JSON document, found null.");
            }
            return value;
        } catch (IOException e) {
            throw ReleaseException.failed(
                    what + " is not readable: expected a JSON document of the form " + type.getSimpleName()
                            + ", found something else (" + firstLine(e) + ").",
                    e);
        }
    }

    /** The value as a tree, for those who join documents. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static String firstLine(IOException e) {
        if (e.getCause() instanceof ReleaseException cause) {
            return cause.getMessage();
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
