package io.jenkins.plugins.darwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.Nearest;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The published JSON Schema; tells what it finds in the words of this file's readers, at its place in the YAML. */
final class ConfigSchema {
    private static final String RESOURCE = "/io/jenkins/plugins/darwin/darwin-release.schema.json";

    private final JsonNode document;
    private final JsonSchema schema;

    /** Building it takes longer than reading a configuration does; it holds only what is published, and never changes. */
    private static final class Published {
        static final ConfigSchema ONE = new ConfigSchema();
    }

    private ConfigSchema() {
        try (InputStream in = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
            document = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document);
    }

    /** The one of this JVM, built when it is first asked for; may be used by several threads. */
    static ConfigSchema published() {
        return Published.ONE;
    }

    /** The schema as it is published. */
    static String text() {
        try (InputStream in = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
    }

    JsonNode document() {
        return document;
    }

    void validate(Item root, JsonNode value, Problems problems) {
        for (ValidationMessage message : schema.validate(value)) {
            tell(message, root, problems);
        }
    }

    private void tell(ValidationMessage message, Item root, Problems problems) {
        Item at = root;
        StringBuilder path = new StringBuilder();
        JsonNodePath location = message.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            at = child(at, element);
            path.append(element instanceof Integer ? "[" + element + "]" : (path.isEmpty() ? "" : ".") + element);
        }
        int offset = at.start();
        if (message.getType().equals("additionalProperties") && at instanceof Item.Mapping mapping) {
            offset = mapping.entries().stream()
                    .filter(e -> e.key().equals(message.getProperty()))
                    .findFirst()
                    .orElseThrow()
                    .keyStart();
        }
        problems.add(offset, (path.isEmpty() ? "" : path + ": ") + sentence(message) + ".");
    }

    private static Item child(Item parent, Object element) {
        Item real = parent;
        while (real instanceof Item.Alias alias) {
            real = alias.target();
        }
        if (real instanceof Item.Sequence sequence && element instanceof Integer index) {
            return sequence.items().get(index);
        }
        return ((Item.Mapping) real)
                .entries().stream()
                        .filter(e -> e.key().equals(element))
                        .findFirst()
                        .orElseThrow()
                        .value();
    }

    private String sentence(ValidationMessage message) {
        JsonNode wanted = message.getSchemaNode();
        String found = "found " + found(message.getInstanceNode());
        return switch (keyword(message)) {
            case "additionalProperties" -> unknownKey(message);
            case "type" ->
                "expected " + types(wanted) + ", " + found
                        + (types(wanted).equals("text")
                                        && message.getInstanceNode().isValueNode()
                                        && !message.getInstanceNode().isNull()
                                ? "; put it in quotes"
                                : "");
            case "enum" ->
                "expected one of " + names(wanted) + ", " + found
                        + nearest(message.getInstanceNode().asText(), list(wanted));
            case "pattern" -> "expected " + parent(message).path("title").asText() + ", " + found;
            case "minimum" -> "expected at least " + wanted.asText() + ", " + found;
            case "maximum" -> "expected at most " + wanted.asText() + ", " + found;
            case "minLength", "minItems" -> "expected something, found nothing";
            case "maxLength" ->
                "expected at most " + wanted.asText() + " characters, found "
                        + message.getInstanceNode().asText().length();
            case "required" -> "expected the key '" + message.getProperty() + "'";
            case "uniqueItems" -> "expected each item once, found one twice";
            case "dependentRequired" ->
                "expected the key '" + message.getArguments()[0] + "' beside '" + message.getArguments()[1] + "'";
            case "oneOf" -> "expected exactly one of files, dockerfile and command";
            case "anyOf" -> "expected at least one of yaml, json, toml, xml and regex";
            default -> message.getMessage();
        };
    }

    /** What failed; of a choice whose branches all fail, the validator tells the branches, and we the choice. */
    private static String keyword(ValidationMessage message) {
        JsonNodePath path = message.getSchemaLocation().getFragment();
        for (int i = 0; i < path.getNameCount(); i++) {
            if ("oneOf".equals(path.getElement(i)) || "anyOf".equals(path.getElement(i))) {
                return (String) path.getElement(i);
            }
        }
        return message.getType();
    }

    private String unknownKey(ValidationMessage message) {
        List<String> valid = new ArrayList<>();
        parent(message).path("properties").fieldNames().forEachRemaining(valid::add);
        String key = message.getProperty();
        return "unknown key '" + printable(key) + "'; expected one of " + String.join(", ", valid)
                + nearest(key, valid);
    }

    /** The schema that holds the keyword which failed. */
    private JsonNode parent(ValidationMessage message) {
        JsonNodePath path = message.getSchemaLocation().getFragment();
        JsonNode at = document;
        for (int i = 0; i < path.getNameCount() - 1; i++) {
            Object element = path.getElement(i);
            at = element instanceof Integer index ? at.path(index) : at.path(String.valueOf(element));
        }
        return at;
    }

    private static String nearest(String word, List<String> valid) {
        return Nearest.to(word, valid).map(n -> "; nearest is '" + n + "'").orElse("");
    }

    private static List<String> list(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(n -> all.add(n.asText()));
        return all;
    }

    private static String names(JsonNode array) {
        return String.join(", ", list(array));
    }

    private static String types(JsonNode wanted) {
        return wanted.isArray()
                ? String.join(
                        " or ", list(wanted).stream().map(ConfigSchema::type).toList())
                : type(wanted.asText());
    }

    private static String type(String name) {
        return switch (name) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "object" -> "a mapping";
            case "array" -> "a list";
            default -> name;
        };
    }

    private static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "'" + printable(value.asText()) + "'";
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case NULL -> "nothing";
            default -> "the " + value.getNodeType().name().toLowerCase(Locale.ROOT) + " " + printable(value.asText());
        };
    }

    private static String printable(String text) {
        return Version.printable(text);
    }
}
