package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The documents of a YAML file as {@link Item}s. Built from the parser's events, in a loop: nothing that a file nests
 * or repeats can exhaust the stack, and duplicate keys are kept for their reader to judge.
 */
public final class YamlTree {
    /** Far beyond any chart; protects those that walk the tree by recursion. */
    private static final int DEEPEST = 200;
    /** An anchor or a tag in front of a value, which belong to the marks of the value's event. */
    private static final Pattern PROPERTIES = Pattern.compile("(?:[&!][^\\s,\\[\\]{}]*\\s+)+|[&!][^\\s,\\[\\]{}]*$");

    private final SourceText source;
    private final int[] offsets;
    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
    private final List<Item> documents = new ArrayList<>();
    private final Deque<Frame> open = new ArrayDeque<>();
    private final Map<Anchor, Item> anchors = new HashMap<>();

    private YamlTree(SourceText source) {
        this.source = source;
        this.offsets = offsets(source.text());
    }

    /** @throws ReleaseException refused, as {@code name:line:column: problem} */
    public static List<Item> parse(SourceText source) {
        YamlTree tree = new YamlTree(source);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source.name())
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            for (Event event : new Parse(settings).parseString(source.text())) {
                tree.take(event);
            }
        } catch (ReaderException e) {
            throw tree.wrong(
                    tree.offset(e.getPosition()),
                    "a character that YAML forbids (code " + String.format("U+%04X", e.getCodePoint()) + ")");
        } catch (MarkedYamlEngineException e) {
            throw tree.explain(e);
        } catch (YamlEngineException e) {
            throw ReleaseException.refused(source.name() + ": not YAML: " + e.getMessage());
        }
        return List.copyOf(tree.documents);
    }

    private void take(Event event) {
        int start = event.getStartMark().map(Mark::getIndex).map(this::offset).orElse(0);
        if (event instanceof ScalarEvent scalar) {
            add(scalar, start, scalar(scalar, start));
        } else if (event instanceof AliasEvent alias) {
            String name = alias.getAlias().getValue();
            if (!anchors.containsKey(alias.getAlias())) {
                throw wrong(start, "*" + name + " refers to an anchor that isn't defined before it");
            }
            add(alias, start, new Item.Alias(start, name, anchors.get(alias.getAlias())));
        } else if (event instanceof MappingStartEvent || event instanceof SequenceStartEvent) {
            if (open.size() >= DEEPEST) {
                throw wrong(start, "nested deeper than " + DEEPEST + " levels");
            }
            // Its own anchor has no target until it is complete: an anchor inside itself stays without one.
            ((NodeEvent) event).getAnchor().ifPresent(a -> anchors.put(a, null));
            open.push(new Frame((NodeEvent) event, start, event instanceof MappingStartEvent));
        } else if (event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd) {
            Frame done = open.pop();
            add(done.event, done.start, done.item());
        } else if (event instanceof DocumentStartEvent) {
            anchors.clear();
        }
    }

    private void add(NodeEvent event, int start, Item item) {
        if (!(event instanceof AliasEvent)) {
            event.getAnchor().ifPresent(a -> anchors.put(a, item));
        }
        if (open.isEmpty()) {
            documents.add(item);
            return;
        }
        Frame parent = open.peek();
        if (!parent.mapping) {
            parent.items.add(item);
        } else if (parent.key == null) {
            parent.keyStart = start;
            // A mapping or sequence as a key is legal YAML; no path can name it.
            parent.key = item instanceof Item.Scalar scalar ? scalar.value() : "? (line " + source.line(start) + ")";
        } else {
            parent.entries.add(new Item.Entry(parent.key, parent.keyStart, item));
            parent.key = null;
        }
    }

    private Item.Scalar scalar(ScalarEvent event, int start) {
        int end = event.getEndMark().map(Mark::getIndex).map(this::offset).orElse(start);
        if (event.getAnchor().isPresent() || event.getTag().isPresent()) {
            Matcher properties = PROPERTIES.matcher(source.text()).region(start, end);
            start = properties.lookingAt() ? properties.end() : start;
        }
        Item.Style style = switch (event.getScalarStyle()) {
            case PLAIN -> Item.Style.PLAIN;
            case SINGLE_QUOTED -> Item.Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> Item.Style.DOUBLE_QUOTED;
            default -> Item.Style.BLOCK;
        };
        Tag tag = event.getTag()
                .map(Tag::new)
                .orElseGet(() ->
                        resolver.resolve(event.getValue(), event.getImplicit().canOmitTagInPlainScalar()));
        return new Item.Scalar(start, end, event.getValue(), type(tag), style);
    }

    private static Item.Type type(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return Item.Type.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Item.Type.FLOAT;
        }
        if (tag.equals(Tag.BOOL)) {
            return Item.Type.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Item.Type.NULL : Item.Type.STRING;
    }

    private ReleaseException explain(MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        int at = mark.map(Mark::getIndex).map(this::offset).orElse(0);
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("TAB")) {
            return wrong(at, "a tab; YAML is indented with spaces only");
        }
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return wrong(at, "not YAML: " + ForeignText.line(context + problem));
    }

    private ReleaseException wrong(int at, String what) {
        return ReleaseException.refused(source.at(at) + ": " + what + ".");
    }

    private int offset(int codePoints) {
        return offsets == null ? codePoints : offsets[Math.min(codePoints, offsets.length - 1)];
    }

    /** Char offset of each code point, as marks count those; none when both are the same. */
    private static int[] offsets(String text) {
        int count = text.codePointCount(0, text.length());
        if (count == text.length()) {
            return null;
        }
        int[] offsets = new int[count + 1];
        for (int i = 0, at = 0; i <= count; i++) {
            offsets[i] = at;
            at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
        }
        return offsets;
    }

    /** A mapping or sequence whose end hasn't come yet. */
    private static final class Frame {
        private final NodeEvent event;
        private final int start;
        private final boolean mapping;
        private final List<Item.Entry> entries = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();
        private String key;
        private int keyStart;

        private Frame(NodeEvent event, int start, boolean mapping) {
            this.event = event;
            this.start = start;
            this.mapping = mapping;
        }

        private Item item() {
            return mapping
                    ? new Item.Mapping(start, List.copyOf(entries))
                    : new Item.Sequence(start, List.copyOf(items));
        }
    }
}
