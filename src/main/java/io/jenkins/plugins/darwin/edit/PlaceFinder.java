package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.edit.PlacePath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks a {@link PlacePath} down a file's tree. */
final class PlaceFinder {
    /** A scalar and its path with every key spelt out; one that is reached through a YAML alias belongs to the anchor. */
    record Found(String path, Item.Scalar scalar, boolean throughAlias) {}

    private final SourceText source;
    private final PlacePath path;
    private final Map<Item.Scalar, Found> found = new LinkedHashMap<>();
    private final List<String> misses = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int deepest = -1;

    private PlaceFinder(SourceText source, PlacePath path) {
        this.source = source;
        this.path = path;
    }

    /**
     * @param found each scalar once
     * @param wrong what is there and can't be edited, as sentences
     * @param hint how the file differs from the path where nothing was found
     */
    record Result(List<Found> found, List<String> wrong, Optional<String> hint) {}

    static Result find(SourceText source, List<Item> roots, PlacePath path) {
        PlaceFinder finder = new PlaceFinder(source, path);
        roots.forEach(root -> finder.walk(root, 0, "", false));
        finder.judge();
        return new Result(
                List.copyOf(finder.found.values()),
                finder.wrong,
                finder.misses.stream().findFirst());
    }

    private void judge() {
        for (Found f : found.values()) {
            String where = source.name() + ":" + source.line(f.scalar().start()) + ": " + f.path();
            if (f.throughAlias()) {
                wrong.add(where + " is an alias here; name the place of its anchor instead.");
            } else if (f.scalar().style() == Item.Style.BLOCK) {
                wrong.add(where + " spans lines (block text); expected a value on one line.");
            }
        }
    }

    private void walk(Item item, int depth, String spelt, boolean alias) {
        if (item instanceof Item.Alias a) {
            if (a.target() != null && !(a.target() instanceof Item.Alias && alias)) {
                walk(a.target(), depth, spelt, true);
            }
            return;
        }
        if (depth == path.steps().size()) {
            if (item instanceof Item.Scalar scalar) {
                // The same scalar by its own path counts; an alias that follows it is then bumped with it.
                found.merge(scalar, new Found(spelt, scalar, alias), (a, b) -> a.throughAlias() ? b : a);
            } else {
                wrong.add(source.name() + ":" + source.line(item.start()) + ": " + spelt + " is a "
                        + (item instanceof Item.Mapping ? "mapping" : "list") + "; expected a single value.");
            }
            return;
        }
        Step step = path.steps().get(depth);
        if (item instanceof Item.Mapping mapping && step instanceof Step.Key key) {
            byKey(mapping, key, depth, spelt, alias);
        } else if (item instanceof Item.Mapping mapping && step instanceof Step.AnyKey) {
            mapping.entries().forEach(e -> walk(e.value(), depth + 1, join(spelt, e.key()), alias));
        } else if (item instanceof Item.Sequence sequence
                && !(step instanceof Step.Key || step instanceof Step.AnyKey)) {
            byItem(sequence, step, depth, spelt, alias);
        } else {
            miss(
                    depth,
                    (spelt.isEmpty() ? "the file" : spelt) + " is no "
                            + (step instanceof Step.Key || step instanceof Step.AnyKey ? "mapping" : "list"));
        }
    }

    private void byKey(Item.Mapping mapping, Step.Key key, int depth, String spelt, boolean alias) {
        // Every entry of a duplicated key: whichever a parser takes, it finds the new value.
        List<Item.Entry> entries = mapping.entries().stream()
                .filter(e -> e.key().equals(key.name()))
                .toList();
        entries.forEach(e -> walk(e.value(), depth + 1, join(spelt, key.name()), alias));
        if (entries.isEmpty()) {
            List<String> keys =
                    mapping.entries().stream().map(Item.Entry::key).distinct().toList();
            String nearest = Nearest.to(key.name(), keys)
                    .map(k -> "nearest is '" + k + "'")
                    .orElse(keys.isEmpty() ? "it has none" : "it has " + shortened(keys));
            miss(depth, "no key '" + key.name() + "' in " + (spelt.isEmpty() ? "the file" : spelt) + "; " + nearest);
        }
    }

    private void byItem(Item.Sequence sequence, Step step, int depth, String spelt, boolean alias) {
        boolean any = false;
        for (int i = 0; i < sequence.items().size(); i++) {
            Item item = sequence.items().get(i);
            boolean takes = step instanceof Step.AnyItem
                    || (step instanceof Step.Index index && index.index() == i)
                    || (step instanceof Step.Where where && holds(where, item));
            if (takes) {
                any = true;
                walk(item, depth + 1, spelt + "[" + i + "]", alias);
            }
        }
        if (!any) {
            miss(depth, "none of the " + sequence.items().size() + " items of " + spelt + " fits");
        }
    }

    private static boolean holds(Step.Where where, Item item) {
        return item instanceof Item.Mapping mapping
                && mapping.entries().stream()
                        .anyMatch(e -> e.key().equals(where.key())
                                && e.value() instanceof Item.Scalar scalar
                                && where.holds(scalar.value()));
    }

    /** Keeps what was missing where the path came furthest. */
    private void miss(int depth, String what) {
        if (depth > deepest) {
            deepest = depth;
            misses.clear();
        }
        if (depth == deepest) {
            misses.add(what);
        }
    }

    private static String shortened(List<String> keys) {
        List<String> first = keys.subList(0, Math.min(6, keys.size()));
        return String.join(", ", first) + (keys.size() > first.size() ? ", ..." : "");
    }

    private static String join(String spelt, String key) {
        return (spelt.isEmpty() ? "" : spelt + ".") + PlacePath.quote(key);
    }
}
