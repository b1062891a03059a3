package io.jenkins.plugins.darwin.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parsed value of YAML, JSON or TOML together with its place: offsets count chars of the {@link SourceText}. */
public sealed interface Item {
    int start();

    /** What a scalar means, by YAML's core schema or the format's own rules. */
    enum Type {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        NULL
    }

    /** How a scalar is written; BLOCK is YAML's {@code |} and {@code >}, and what spans lines in TOML. */
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        BLOCK
    }

    /** Entries in the file's order; a key may be there twice. */
    record Mapping(int start, List<Entry> entries) implements Item {
        /** Every key that is there again, with where it was first. */
        public List<Duplicate> duplicates() {
            Map<String, Entry> first = new HashMap<>();
            List<Duplicate> found = new ArrayList<>();
            for (Entry entry : entries) {
                Entry earlier = first.putIfAbsent(entry.key(), entry);
                if (earlier != null) {
                    found.add(new Duplicate(entry.key(), earlier.keyStart(), entry.keyStart()));
                }
            }
            return found;
        }

        /** What a key has, every time that it is there. */
        List<Item> values(String key) {
            return entries.stream()
                    .filter(e -> e.key().equals(key))
                    .map(Entry::value)
                    .toList();
        }

        /** Cargo's {@code version.workspace = true}: the value is the workspace's. */
        boolean inheritsWorkspace() {
            return values("workspace").stream()
                    .anyMatch(v -> v instanceof Scalar s
                            && s.type() == Type.BOOLEAN
                            && s.value().equals("true"));
        }

        /** The text of an XML element that has attributes beside it. */
        Optional<Scalar> text() {
            return values(XmlTree.TEXT).stream()
                    .filter(Scalar.class::isInstance)
                    .map(Scalar.class::cast)
                    .findFirst();
        }
    }

    record Entry(String key, int keyStart, Item value) {}

    record Duplicate(String key, int firstStart, int secondStart) {}

    record Sequence(int start, List<Item> items) implements Item {}

    /**
     * @param start first char of the value, quotes included, YAML's anchor and tag not
     * @param end after its last char
     * @param value without quotes and escapes
     */
    record Scalar(int start, int end, String value, Type type, Style style) implements Item {}

    /** YAML's {@code *anchor}; a target that isn't complete yet (an anchor inside itself) is absent: {@code null}. */
    record Alias(int start, String anchor, Item target) implements Item {}

    /** All keys that are there twice, here and below; what an alias repeats is not looked at again. */
    static List<Duplicate> duplicates(Item root) {
        List<Duplicate> found = new ArrayList<>();
        collect(root, found);
        return found;
    }

    private static void collect(Item item, List<Duplicate> found) {
        if (item instanceof Mapping mapping) {
            found.addAll(mapping.duplicates());
            mapping.entries().forEach(e -> collect(e.value(), found));
        } else if (item instanceof Sequence sequence) {
            sequence.items().forEach(i -> collect(i, found));
        }
    }

    /** Whether both mean the same, wherever they stand, but for the scalars of the first that have a new value. */
    static boolean sameExcept(Item before, Item after, Map<Scalar, String> newValues) {
        if (before instanceof Scalar a && after instanceof Scalar b) {
            String wanted = newValues.get(a);
            return wanted == null
                    ? a.value().equals(b.value()) && a.type() == b.type()
                    : wanted.equals(b.value()) && (b.type() == Type.STRING || b.type() == a.type());
        }
        if (before instanceof Alias a && after instanceof Alias b) {
            return a.anchor().equals(b.anchor());
        }
        if (before instanceof Sequence a && after instanceof Sequence b) {
            boolean same = a.items().size() == b.items().size();
            for (int i = 0; same && i < a.items().size(); i++) {
                same = sameExcept(a.items().get(i), b.items().get(i), newValues);
            }
            return same;
        }
        if (before instanceof Mapping a && after instanceof Mapping b) {
            boolean same = a.entries().size() == b.entries().size();
            for (int i = 0; same && i < a.entries().size(); i++) {
                Entry x = a.entries().get(i);
                Entry y = b.entries().get(i);
                same = x.key().equals(y.key()) && sameExcept(x.value(), y.value(), newValues);
            }
            return same;
        }
        return false;
    }
}
