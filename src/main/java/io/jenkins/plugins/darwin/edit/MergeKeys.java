package io.jenkins.plugins.darwin.edit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * YAML's merge key {@code <<} (yaml.org/type/merge.html, which Helm's parser follows): what the mapping itself does not
 * say is taken from these, the first before the second.
 */
final class MergeKeys {
    private static final String KEY = "<<";

    private MergeKeys() {}

    /** @param shared whether it stands at an anchor, for others too */
    record Merged(Item.Mapping mapping, boolean shared) {}

    static boolean isMerge(Item.Entry entry) {
        return entry.key().equals(KEY)
                && (entry.value() instanceof Item.Alias
                        || entry.value() instanceof Item.Mapping
                        || entry.value() instanceof Item.Sequence);
    }

    /**
     * All mappings that are merged into one, those that they merge themselves behind them; each once, and in a loop: a
     * chain of anchors may be as long as the file.
     *
     * @param step is called for each that is looked at, and may throw
     */
    static List<Merged> of(Item.Mapping mapping, Runnable step) {
        if (mapping.entries().stream().noneMatch(MergeKeys::isMerge)) {
            return List.of();
        }
        List<Merged> found = new ArrayList<>();
        Set<Item> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Merged> open = new ArrayDeque<>();
        push(mapping, false, open);
        while (!open.isEmpty()) {
            step.run();
            Merged next = open.pop();
            if (seen.add(next.mapping())) {
                found.add(next);
                push(next.mapping(), next.shared(), open);
            }
        }
        return found;
    }

    private static void push(Item.Mapping mapping, boolean shared, Deque<Merged> open) {
        List<Merged> sources = new ArrayList<>();
        for (Item.Entry entry : mapping.entries()) {
            if (isMerge(entry)) {
                Item value = entry.value();
                boolean all = shared || value instanceof Item.Alias;
                Item real = target(value);
                List<Item> items = real instanceof Item.Sequence sequence ? sequence.items() : List.of(value);
                for (Item item : items) {
                    if (target(item) instanceof Item.Mapping merged) {
                        sources.add(new Merged(merged, all || item instanceof Item.Alias));
                    }
                }
            }
        }
        for (int i = sources.size() - 1; i >= 0; i--) {
            open.push(sources.get(i));
        }
    }

    private static Item target(Item item) {
        return item instanceof Item.Alias alias ? alias.target() : item;
    }
}
