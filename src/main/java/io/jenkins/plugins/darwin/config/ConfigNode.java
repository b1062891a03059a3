package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Item;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A value of the configuration with its path and place. What has the wrong type counts as absent here: the schema has
 * told about it already, and every other problem is still to be found.
 *
 * @param path keys joined by dots, {@code []} for an item
 * @param keysRead every path that was asked for; the test holds it equal to the schema's keys
 */
record ConfigNode(Item item, String path, Problems problems, Set<String> keysRead) {
    Optional<ConfigNode> get(String key) {
        String below = (path.isEmpty() ? "" : path + ".") + key;
        keysRead.add(below);
        return item instanceof Item.Mapping mapping
                ? mapping.entries().stream()
                        .filter(e -> e.key().equals(key))
                        .findFirst()
                        .map(e -> at(e.value(), below))
                : Optional.empty();
    }

    /** Of a list; empty for anything else. */
    List<ConfigNode> items() {
        return item instanceof Item.Sequence sequence
                ? sequence.items().stream().map(i -> at(i, path + "[]")).toList()
                : List.of();
    }

    /** Of a list, or the one value that stands for a list of one. */
    List<ConfigNode> oneOrMore() {
        return item instanceof Item.Sequence ? items() : List.of(at(item, path + "[]"));
    }

    Optional<String> text() {
        return item instanceof Item.Scalar s && s.type() == Item.Type.STRING
                ? Optional.of(s.value())
                : Optional.empty();
    }

    Optional<String> text(String key) {
        return get(key).flatMap(ConfigNode::text);
    }

    List<String> texts(String key, List<String> byDefault) {
        return get(key).map(
                        n -> n.items().stream().flatMap(i -> i.text().stream()).toList())
                .orElse(byDefault);
    }

    /** Texts by keys that people choose. */
    Map<String, String> pairs() {
        Map<String, String> pairs = new TreeMap<>();
        if (item instanceof Item.Mapping mapping) {
            mapping.entries().forEach(e -> at(e.value(), path).text().ifPresent(value -> pairs.put(e.key(), value)));
        }
        return pairs;
    }

    int integer(String key, int byDefault) {
        return get(key).filter(n -> n.item instanceof Item.Scalar s
                        && s.type() == Item.Type.INTEGER
                        && s.value().matches("[0-9]{1,9}"))
                .map(n -> Integer.parseInt(((Item.Scalar) n.item).value()))
                .orElse(byDefault);
    }

    Optional<Boolean> bool(String key) {
        return get(key).filter(n -> n.item instanceof Item.Scalar s && s.type() == Item.Type.BOOLEAN)
                .map(n -> Boolean.valueOf(((Item.Scalar) n.item).value()));
    }

    /** A text as what it stands for; what the reading refuses becomes a problem of this place. */
    <T> Optional<T> read(Function<String, T> reading) {
        try {
            return text().map(reading);
        } catch (ReleaseException e) {
            problem(e.getMessage());
            return Optional.empty();
        }
    }

    void problem(String what) {
        problems.add(item.start(), path.replaceAll("\\[]$", "") + ": " + what);
    }

    private ConfigNode at(Item value, String below) {
        Item real = value;
        while (real instanceof Item.Alias alias && alias.target() != null) {
            real = alias.target();
        }
        return new ConfigNode(real, below, problems, keysRead);
    }
}
