package io.jenkins.plugins.darwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.edit.SourceText;
import io.jenkins.plugins.darwin.edit.YamlTree;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code darwin-release.yaml}. */
public final class ConfigReader {
    /** Name of the file at the root of the released repository. */
    public static final String FILE_NAME = "darwin-release.yaml";

    private static final int MOST_BYTES = 1 << 20;
    /** With aliases followed; a configuration of a hundred images has about a thousand. */
    private static final int MOST_VALUES = 100_000;

    private static final int DEEPEST = 250;
    private static final int LONGEST = 4_000;

    private final SourceText source;
    private final Problems problems;
    private int values;

    private ConfigReader(SourceText source) {
        this.source = source;
        this.problems = new Problems(source);
    }

    /**
     * Reads and validates the configuration; every key is optional, an empty file is all defaults.
     *
     * @param fileName for messages
     * @param yaml at most 1 MiB
     * @param repositoryName the project's name unless the file gives one
     * @throws ReleaseException usage, with every problem on a line of its own:
     *     {@code file:line:column: what, expected, found}
     */
    public static ReleaseConfig read(String fileName, byte[] yaml, String repositoryName) {
        return read(fileName, yaml, repositoryName, new HashSet<>());
    }

    /** The JSON Schema of the file, for editors. */
    public static String schema() {
        return ConfigSchema.text();
    }

    /** @param keysRead receives every key that the reader understands and asked for */
    static ReleaseConfig read(String fileName, byte[] yaml, String repositoryName, Set<String> keysRead) {
        if (yaml.length > MOST_BYTES) {
            throw ReleaseException.usage(
                    fileName + ": " + yaml.length + " bytes; expected at most " + MOST_BYTES + ".");
        }
        SourceText source;
        List<Item> documents;
        try {
            source = SourceText.decode(fileName, yaml);
            documents = YamlTree.parse(source);
        } catch (ReleaseException e) {
            throw ReleaseException.usage(e.getMessage(), e);
        }
        return new ConfigReader(source).read(documents, repositoryName, keysRead);
    }

    /** The configuration of a repository that has no such file. */
    public static ReleaseConfig defaults(String repositoryName) {
        return read(FILE_NAME, new byte[0], repositoryName);
    }

    private ReleaseConfig read(List<Item> documents, String repositoryName, Set<String> keysRead) {
        if (documents.size() > 1) {
            problems.add(documents.get(1).start(), "a second YAML document; expected one.");
        }
        Item root = documents.isEmpty() || isNull(documents.get(0)) ? new Item.Mapping(0, List.of()) : documents.get(0);
        if (!(root instanceof Item.Mapping)) {
            problems.add(
                    root.start(),
                    "expected a mapping of keys such as 'project: darwin', found "
                            + (root instanceof Item.Sequence ? "a list." : "a single value."));
            problems.throwIfAny();
        }
        Item.duplicates(root)
                .forEach(d -> problems.add(
                        d.secondStart(),
                        "key '" + Version.printable(d.key()) + "' is here and already on line "
                                + source.line(d.firstStart()) + "; remove one of them."));
        JsonNode value = json(root, root.start(), 0);
        ConfigSchema.published().validate(root, value, problems);
        ReleaseConfig config = ConfigMapper.map(new ConfigNode(root, "", problems, keysRead), repositoryName);
        problems.throwIfAny();
        return config;
    }

    private static boolean isNull(Item item) {
        return item instanceof Item.Scalar scalar && scalar.type() == Item.Type.NULL;
    }

    /** The same as JSON, for the schema. Aliases are followed, which is where a small file could become endless. */
    private JsonNode json(Item item, int from, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (++values > MOST_VALUES || depth > DEEPEST) {
            problems.add(
                    from, "more than " + MOST_VALUES + " values or " + DEEPEST + " levels; aliases must not multiply.");
            problems.throwIfAny();
        }
        if (item instanceof Item.Alias alias) {
            if (alias.target() == null) {
                problems.add(alias.start(), "*" + alias.anchor() + " refers to what it is part of.");
                problems.throwIfAny();
            }
            return json(alias.target(), alias.start(), depth + 1);
        }
        if (item instanceof Item.Sequence sequence) {
            ArrayNode array = nodes.arrayNode();
            sequence.items().forEach(i -> array.add(json(i, i.start(), depth + 1)));
            return array;
        }
        if (item instanceof Item.Mapping mapping) {
            ObjectNode object = nodes.objectNode();
            // The first of two equal keys, as ConfigNode takes it; the second is a problem already.
            mapping.entries()
                    .forEach(e -> object.putIfAbsent(
                            e.key(), json(e.value(), e.value().start(), depth + 1)));
            return object;
        }
        Item.Scalar scalar = (Item.Scalar) item;
        if (scalar.value().length() > LONGEST) {
            // Told before the schema sees it: the JDK's regular expressions recurse on long text.
            problems.add(from, scalar.value().length() + " characters in one value; expected at most " + LONGEST + ".");
            problems.throwIfAny();
        }
        return scalar(scalar, nodes);
    }

    private static JsonNode scalar(Item.Scalar scalar, JsonNodeFactory nodes) {
        return switch (scalar.type()) {
            case STRING -> nodes.textNode(scalar.value());
            case BOOLEAN -> nodes.booleanNode(Boolean.parseBoolean(scalar.value()));
            case NULL -> nodes.nullNode();
            case INTEGER ->
                scalar.value().matches("[-+]?[0-9]{1,30}")
                        ? nodes.numberNode(new BigInteger(scalar.value().replace("+", "")))
                        : nodes.textNode(scalar.value());
            case FLOAT ->
                scalar.value().matches("[-+]?[0-9.]{1,30}(?:[eE][-+]?[0-9]{1,3})?")
                                && !scalar.value().matches("[-+]?\\.?")
                        ? nodes.numberNode(new BigDecimal(scalar.value()))
                        : nodes.textNode(scalar.value());
        };
    }
}
