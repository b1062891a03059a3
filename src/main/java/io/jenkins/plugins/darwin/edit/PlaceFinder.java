package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.edit.PlacePath.Step;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks a {@link PlacePath} down a file's tree. */
final class PlaceFinder {
    /** Values that a walk may look at; a file of a million lines has about as many. */
    private static final int MOST_STEPS = 5_000_000;

    /**
     * A scalar and its path with every key spelt out.
     *
     * @param shared whether it was reached through a YAML alias or merge key only: it stands at the anchor, for all that
     *     use it
     */
    record Found(String path, Item.Scalar scalar, boolean shared) {}

    private final SourceText source;
    private final PlacePath path;
    private final boolean xml;
    private final Map<Item.Scalar, Found> found = new LinkedHashMap<>();
    private final List<String> misses = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> inherited = new ArrayList<>();
    /** What was walked through an alias, at which depths: once is enough, however often aliases repeat it. */
    private final Map<Item, Set<Integer>> walked = new IdentityHashMap<>();

    private int deepest = -1;
    private int steps;

    private PlaceFinder(SourceText source, PlaceKind kind, PlacePath path) {
        this.source = source;
        this.path = path;
        this.xml = kind == PlaceKind.XML;
    }

    /**
     * @param found each scalar once
     * @param inherited places that say {@code workspace = true}: their value stands elsewhere
     * @param wrong what is there and can't be edited, as sentences
     * @param hint how the file differs from the path where nothing was found
     */
    record Result(List<Found> found, List<String> inherited, List<String> wrong, Optional<String> hint) {}

    static Result find(SourceText source, PlaceKind kind, List<Item> roots, PlacePath path) {
        PlaceFinder finder = new PlaceFinder(source, kind, path);
        roots.forEach(root -> finder.walk(root, 0, "", false));
        finder.judge();
        return new Result(
                List.copyOf(finder.found.values()),
                finder.inherited,
                finder.wrong,
                finder.misses.stream().findFirst());
    }

    private void judge() {
        for (Found f : found.values()) {
            if (f.scalar().style() == Item.Style.BLOCK) {
                wrong.add(source.name() + ":" + source.line(f.scalar().start()) + ": " + f.path()
                        + " spans lines (block text); expected a value on one line.");
            }
        }
    }

    private void walk(Item item, int depth, String spelt, boolean shared) {
        count();
        if (shared && !walked.computeIfAbsent(item, i -> new HashSet<>()).add(depth)) {
            return;
        }
        if (item instanceof Item.Alias a) {
            if (a.target() == null) {
                miss(depth, "*" + a.anchor() + " on line " + source.line(a.start()) + " refers to what it is part of");
            } else {
                walk(a.target(), depth, spelt, true);
            }
        } else if (depth == path.steps().size()) {
            end(item, spelt, shared);
        } else {
            Step step = path.steps().get(depth);
            if (item instanceof Item.Mapping mapping && step instanceof Step.Key key) {
                byKey(mapping, key, depth, spelt, shared);
            } else if (item instanceof Item.Mapping mapping && step instanceof Step.AnyKey) {
                byAnyKey(mapping, depth, spelt, shared);
            } else if (item instanceof Item.Sequence sequence && step.ofList()) {
                byItem(sequence.items(), step, depth, spelt, shared);
            } else if (step instanceof Step.Where && item instanceof Item.Mapping) {
                // One condition after another: dependency[groupId=a][artifactId=b].
                byItem(List.of(item), step, depth, spelt, shared);
            } else {
                miss(depth, (spelt.isEmpty() ? "the file" : spelt) + " is no " + (step.ofList() ? "list" : "mapping"));
            }
        }
    }

    private void end(Item item, String spelt, boolean shared) {
        if (item instanceof Item.Scalar scalar) {
            // Its own path tells more than that of an alias.
            found.merge(scalar, new Found(spelt, scalar, shared), (a, b) -> a.shared() ? b : a);
        } else if (item instanceof Item.Mapping mapping && mapping.inheritsWorkspace()) {
            inherited.add(source.name() + ":" + source.line(item.start()) + ": " + spelt);
        } else if (xml && item instanceof Item.Mapping mapping && mapping.text().isPresent()) {
            end(mapping.text().get(), spelt, shared);
        } else {
            wrong.add(source.name() + ":" + source.line(item.start()) + ": " + spelt + " is a "
                    + (item instanceof Item.Mapping ? "mapping" : "list") + "; expected a single value.");
        }
    }

    private void byKey(Item.Mapping mapping, Step.Key key, int depth, String spelt, boolean shared) {
        // Every entry of a duplicated key: whichever a parser takes, it finds the new value.
        List<Item> values = mapping.values(key.name());
        String below = join(spelt, key.name());
        boolean list = xml
                && depth + 1 < path.steps().size()
                && path.steps().get(depth + 1).ofList();
        if (list && !values.isEmpty()) {
            // Elements of one name are XML's lists.
            byItem(values, path.steps().get(depth + 1), depth + 1, below, shared);
            return;
        }
        values.forEach(v -> walk(v, depth + 1, below, shared));
        if (!values.isEmpty()) {
            return;
        }
        for (MergeKeys.Merged merged : MergeKeys.of(mapping, this::count)) {
            List<Item> inMerged = merged.mapping().values(key.name());
            inMerged.forEach(v -> walk(v, depth + 1, below, shared || merged.shared()));
            if (!inMerged.isEmpty()) {
                return;
            }
        }
        List<String> keys =
                mapping.entries().stream().map(Item.Entry::key).distinct().toList();
        String nearest = Nearest.to(key.name(), keys)
                .map(k -> "nearest is '" + k + "'")
                .orElse(keys.isEmpty() ? "it has none" : "it has " + shortened(keys));
        miss(depth, "no key '" + key.name() + "' in " + (spelt.isEmpty() ? "the file" : spelt) + "; " + nearest);
    }

    private void byAnyKey(Item.Mapping mapping, int depth, String spelt, boolean shared) {
        Set<String> seen = new HashSet<>();
        for (Item.Entry entry : mapping.entries()) {
            boolean part = xml && (entry.key().startsWith("@") || entry.key().equals(XmlTree.TEXT));
            if (!part && !MergeKeys.isMerge(entry)) {
                seen.add(entry.key());
                walk(entry.value(), depth + 1, join(spelt, entry.key()), shared);
            }
        }
        for (MergeKeys.Merged merged : MergeKeys.of(mapping, this::count)) {
            Set<String> own = new HashSet<>();
            for (Item.Entry entry : merged.mapping().entries()) {
                if (!MergeKeys.isMerge(entry) && !seen.contains(entry.key())) {
                    own.add(entry.key());
                    walk(entry.value(), depth + 1, join(spelt, entry.key()), shared || merged.shared());
                }
            }
            seen.addAll(own);
        }
    }

    private void byItem(List<Item> items, Step step, int depth, String spelt, boolean shared) {
        boolean any = false;
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            boolean takes = step instanceof Step.AnyItem
                    || (step instanceof Step.Index index && index.index() == i)
                    || (step instanceof Step.Where where && holds(where, item));
            if (takes) {
                any = true;
                walk(item, depth + 1, items.size() == 1 && xml ? spelt : spelt + "[" + i + "]", shared);
            }
        }
        if (!any) {
            miss(depth, "none of the " + items.size() + " items of " + spelt + " fits");
        }
    }

    private boolean holds(Step.Where where, Item item) {
        Item real = item instanceof Item.Alias alias ? alias.target() : item;
        if (!(real instanceof Item.Mapping mapping)) {
            return false;
        }
        List<Item> values = new ArrayList<>(mapping.values(where.key()));
        for (MergeKeys.Merged merged : MergeKeys.of(mapping, this::count)) {
            if (values.isEmpty()) {
                values.addAll(merged.mapping().values(where.key()));
            }
        }
        return values.stream()
                .map(v -> v instanceof Item.Alias alias ? alias.target() : v)
                .map(v -> xml && v instanceof Item.Mapping m && m.text().isPresent()
                        ? m.text().get()
                        : v)
                .anyMatch(v -> v instanceof Item.Scalar scalar && where.holds(scalar.value()));
    }

    /** Aliases can make a small file endless. */
    private void count() {
        if (++steps > MOST_STEPS) {
            throw ReleaseException.refused(source.name() + ": the place '" + path + "' leads to more than " + MOST_STEPS
                    + " values; aliases and merge keys must not multiply.");
        }
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
