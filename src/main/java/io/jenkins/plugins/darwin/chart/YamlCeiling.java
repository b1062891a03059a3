package io.jenkins.plugins.darwin.chart;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What reads YAML into objects does so by recursion, and writes an alias out each time that it is used: a file of brackets
 * would exhaust the stack, a few lines of aliases of aliases the memory. So a file is measured before it is read.
 */
final class YamlCeiling {
    /** Far beyond any chart. */
    private static final int DEEPEST = 200;
    /** Characters and nodes with all aliases written out; no chart that Helm installs has as many. */
    private static final long LARGEST = 16L * 1024 * 1024;

    /** Of each open collection, the innermost first: what is in it so far, and its anchor. */
    private final Deque<Open> open = new ArrayDeque<>();

    private final Map<Anchor, Long> anchors = new HashMap<>();

    private boolean any;

    private YamlCeiling() {}

    private static final class Open {
        private final Optional<Anchor> anchor;
        private long size = 1;

        Open(Optional<Anchor> anchor) {
            this.anchor = anchor;
        }
    }

    /**
     * @return whether there is anything in it
     * @throws YamlEngineException when it is nested deeper, or with its aliases larger, than any chart is, or no YAML
     */
    static boolean require(byte[] yaml, LoadSettings settings) {
        YamlCeiling ceiling = new YamlCeiling();
        for (Event event : new Parse(settings).parseInputStream(new ByteArrayInputStream(yaml))) {
            ceiling.take(event);
        }
        return ceiling.any;
    }

    private void take(Event event) {
        if (event instanceof CollectionStartEvent start) {
            open.push(new Open(start.getAnchor()));
            if (open.size() > DEEPEST) {
                throw new YamlEngineException("it is nested deeper than " + DEEPEST + " levels");
            }
        } else if (event instanceof CollectionEndEvent) {
            Open done = open.pop();
            add(done.size, done.anchor);
        } else if (event instanceof ScalarEvent scalar) {
            add(1L + scalar.getValue().length(), scalar.getAnchor());
        } else if (event instanceof AliasEvent alias) {
            // One that stands inside its own anchor has no size yet; what reads objects refuses it.
            add(anchors.getOrDefault(alias.getAlias(), 1L), Optional.empty());
        }
    }

    private void add(long size, Optional<Anchor> anchor) {
        any = true;
        anchor.ifPresent(name -> anchors.put(name, size));
        long whole = size;
        if (!open.isEmpty()) {
            open.peek().size += size;
            whole = open.peek().size;
        }
        if (whole > LARGEST) {
            throw new YamlEngineException("with its aliases written out it is larger than " + LARGEST + " characters");
        }
    }
}
