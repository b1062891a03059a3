package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.edit.EditPlan.EditedPlace;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** All edits of one file, applied together and proven by parsing the result again. */
final class FileEdits {
    /** @param shared whether it was reached through an alias only */
    private record Edit(PlaceKind kind, String path, Item.Scalar scalar, String value, boolean shared) {}

    private final SourceText source;
    private final ValueWriter writer;
    private final long[] steps;
    private final Map<PlaceKind, List<Item>> trees = new EnumMap<>(PlaceKind.class);
    private final Map<Pattern, List<Item.Scalar>> expressions = new HashMap<>();
    private final TreeMap<Integer, Edit> edits = new TreeMap<>();

    /** @param steps that regular expressions may still take, in all files together */
    FileEdits(SourceText source, ValueWriter writer, long[] steps) {
        this.source = source;
        this.writer = writer;
        this.steps = steps;
    }

    SourceText source() {
        return source;
    }

    /** Parses once per format. */
    List<Item> tree(PlaceKind kind) {
        if (!trees.containsKey(kind)) {
            trees.put(kind, parse(kind, source));
        }
        return trees.get(kind);
    }

    private static List<Item> parse(PlaceKind kind, SourceText text) {
        return switch (kind) {
            case YAML -> YamlTree.parse(text);
            case JSON -> List.of(JsonTree.parse(text));
            case TOML -> List.of(TomlTree.parse(text));
            case XML -> List.of(XmlTree.parse(text));
            case REGEX -> throw new IllegalArgumentException("a regex has no tree");
        };
    }

    List<Item.Scalar> matches(Pattern pattern) {
        List<Item.Scalar> found = RegexPlaces.find(source, pattern, steps);
        expressions.put(pattern, found);
        return found;
    }

    /** Adds an edit; gives a problem when it contradicts an earlier one. */
    Optional<String> add(PlaceKind kind, PlaceFinder.Found place, String value) {
        Item.Scalar scalar = place.scalar();
        String path = place.path();
        Edit edit = new Edit(kind, path, scalar, value, place.shared());
        for (Edit other : near(scalar)) {
            boolean sameRange = other.scalar.start() == scalar.start() && other.scalar.end() == scalar.end();
            boolean overlap = other.scalar.start() < scalar.end() && scalar.start() < other.scalar.end();
            if ((sameRange || overlap) && !other.value.equals(value)) {
                return Optional.of(
                        source.name() + ":" + source.line(scalar.start()) + ": " + path + " would become both '"
                                + other.value + "' (as " + other.path + ") and '" + value + "'; give it one value.");
            }
            if (sameRange && other.shared && !edit.shared) {
                edits.put(scalar.start(), edit);
            }
            if (sameRange || overlap) {
                return Optional.empty();
            }
        }
        edits.put(scalar.start(), edit);
        return Optional.empty();
    }

    /** Those that may overlap: edits don't overlap each other, so only the neighbours and what lies inside can. */
    private List<Edit> near(Item.Scalar scalar) {
        Integer from = edits.floorKey(scalar.start());
        return List.copyOf(
                edits.subMap(from == null ? 0 : from, true, scalar.end(), true).values());
    }

    /** What is edited at an anchor without being named there: more than the named place moves. */
    List<String> sharedBlocks() {
        return edits.values().stream()
                .filter(e -> e.shared && !e.scalar.value().equals(e.value))
                .map(e -> source.name() + ":" + source.line(e.scalar.start()) + ": " + e.path
                        + " comes from a shared block (an anchor) and is changed there: all that use the block move.")
                .toList();
    }

    List<EditedPlace> places() {
        return edits.values().stream()
                .map(e -> new EditedPlace(
                        source.name(), source.line(e.scalar.start()), e.path, e.scalar.value(), e.value))
                .toList();
    }

    List<String> duplicateKeys() {
        List<String> warnings = new ArrayList<>();
        // In XML a name that is there again is a list.
        trees.entrySet().stream()
                .filter(t -> t.getKey() != PlaceKind.XML)
                .forEach(t -> t.getValue()
                        .forEach(root -> Item.duplicates(root)
                                .forEach(d -> warnings.add(source.name() + ":"
                                        + source.line(d.secondStart()) + ": key '" + d.key()
                                        + "' is here and already on line "
                                        + source.line(d.firstStart())
                                        + "; parsers differ in which one they take, remove one."))));
        return warnings;
    }

    /** The new content, or empty when every place holds its value already. */
    Optional<byte[]> apply() {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Edit edit : edits.values()) {
            Item.Scalar scalar = edit.scalar;
            out.append(source.text(), at, scalar.start());
            char before = scalar.start() == 0 ? '\n' : source.text().charAt(scalar.start() - 1);
            out.append(
                    scalar.value().equals(edit.value)
                            ? source.text().substring(scalar.start(), scalar.end())
                            : writer.write(edit.kind, scalar, edit.value, before));
            at = scalar.end();
        }
        out.append(source.text(), at, source.text().length());
        SourceText after = source.with(out.toString());
        if (after.text().equals(source.text())) {
            return Optional.empty();
        }
        prove(after);
        return Optional.of(after.encode());
    }

    /** Reads the result back: the edited places hold their values, and nothing else means anything else. */
    private void prove(SourceText after) {
        Map<Item.Scalar, String> wanted = new HashMap<>();
        edits.values().stream()
                .filter(e -> !e.scalar.value().equals(e.value))
                .forEach(e -> wanted.put(e.scalar, e.value));
        boolean regexOnTree = edits.values().stream().anyMatch(e -> e.kind == PlaceKind.REGEX);
        boolean same = true;
        for (Map.Entry<PlaceKind, List<Item>> tree : trees.entrySet()) {
            List<Item> now = parse(tree.getKey(), after);
            same &= now.size() == tree.getValue().size();
            for (int i = 0; same && !regexOnTree && i < now.size(); i++) {
                same = Item.sameExcept(tree.getValue().get(i), now.get(i), wanted);
            }
        }
        for (Map.Entry<Pattern, List<Item.Scalar>> expression : expressions.entrySet()) {
            List<String> expected =
                    expression.getValue().stream().map(this::valueAfter).toList();
            same &= RegexPlaces.find(after, expression.getKey(), steps).stream()
                    .map(Item.Scalar::value)
                    .toList()
                    .equals(expected);
        }
        if (!same) {
            throw ReleaseException.refused(
                    source.name() + ": with the new values the file no longer reads as before except for "
                            + "them; nothing was changed. Check the places "
                            + edits.values().stream().map(Edit::path).distinct().toList() + ".");
        }
    }

    private String valueAfter(Item.Scalar match) {
        return edits.values().stream()
                .filter(e -> e.scalar.start() < match.end() && match.start() < e.scalar.end())
                .findFirst()
                .map(Edit::value)
                .orElse(match.value());
    }
}
