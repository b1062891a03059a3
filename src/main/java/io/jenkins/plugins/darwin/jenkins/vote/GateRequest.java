package io.jenkins.plugins.darwin.jenkins.vote;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.CheckMark;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.StaplerRequest2;

/** The fields of a request: a JSON object, or a form in which {@code check:ITEM} stands for an item of the checklist. */
record GateRequest(Map<String, String> fields, Map<String, String> checks) {
    private static final int MOST_BYTES = 64 << 10;
    private static final String CHECK = "check:";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    static GateRequest of(StaplerRequest2 request) {
        String type = String.valueOf(request.getContentType());
        return type.startsWith("application/json") ? ofJson(request) : ofForm(request.getParameterMap());
    }

    static GateRequest ofForm(Map<String, String[]> parameters) {
        Map<String, String> fields = new TreeMap<>();
        Map<String, String> checks = new TreeMap<>();
        parameters.forEach((name, values) -> {
            if (values.length != 1) {
                throw ReleaseException.usage(
                        "The field '" + name + "' is there " + values.length + " times: expected it once.");
            }
            if (name.startsWith(CHECK)) {
                checks.put(name.substring(CHECK.length()), values[0]);
            } else {
                fields.put(name, values[0]);
            }
        });
        return new GateRequest(fields, checks);
    }

    private static GateRequest ofJson(StaplerRequest2 request) {
        try {
            byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw ReleaseException.usage("The request is too large: expected at most " + MOST_BYTES + " bytes.");
            }
            return ofJson(body);
        } catch (IOException e) {
            throw ReleaseException.usage("The request ended too early: expected a JSON object.", e);
        }
    }

    static GateRequest ofJson(byte[] body) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw ReleaseException.usage("Not JSON: " + e.getOriginalMessage() + ".", e);
        }
        if (!root.isObject()) {
            throw ReleaseException.usage("Not a request: expected a JSON object.");
        }
        Map<String, String> fields = new TreeMap<>();
        Map<String, String> checks = new TreeMap<>();
        root.fields().forEachRemaining(field -> {
            if (field.getKey().equals("checks") && field.getValue().isObject()) {
                field.getValue()
                        .fields()
                        .forEachRemaining(check -> checks.put(check.getKey(), text(check.getKey(), check.getValue())));
            } else if (!field.getValue().isNull()) {
                fields.put(field.getKey(), text(field.getKey(), field.getValue()));
            }
        });
        return new GateRequest(fields, checks);
    }

    private static String text(String name, JsonNode value) {
        if (!value.isValueNode()) {
            throw ReleaseException.usage("The field '" + name + "' is not a text.");
        }
        return value.asText();
    }

    /** @throws ReleaseException usage, when it is missing */
    String required(String name) {
        String value = optional(name);
        if (value.isEmpty()) {
            throw ReleaseException.usage("The field '" + name + "' is missing.");
        }
        return value;
    }

    String optional(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    /** What the voter says of the checklist; an empty mark is none. */
    Map<String, CheckMark> marks() {
        Map<String, CheckMark> marks = new TreeMap<>();
        checks.forEach((item, mark) -> {
            if (!mark.isBlank()) {
                marks.put(item, mark(item, mark));
            }
        });
        return marks;
    }

    static CheckMark mark(String item, String text) {
        try {
            return CheckMark.valueOf(
                    text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_'));
        } catch (IllegalArgumentException e) {
            throw ReleaseException.usage(
                    "Not a mark for '" + item + "': expected PASSED, FAILED or NOT_RUN, found '" + text + "'.", e);
        }
    }
}
