package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XML file as {@link Item}s: an element is a mapping of its children by local name, one that has text alone is a
 * scalar, an attribute is the entry {@code @name}. Read in a loop by this class itself, since the JDK's parsers don't
 * tell where a text begins; no entity is expanded and no DTD is followed.
 */
public final class XmlTree {
    /** Key of the text of an element that has attributes or children. */
    static final String TEXT = "#text";

    private static final int DEEPEST = 200;
    private static final Pattern ENTITY =
            Pattern.compile("&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

    private final SourceText source;
    private final String text;
    private final Deque<Element> open = new ArrayDeque<>();
    private Item root;
    private int at;

    private XmlTree(SourceText source) {
        this.source = source;
        this.text = source.text();
    }

    /** @throws ReleaseException refused, as {@code name:line:column: problem} */
    public static Item parse(SourceText source) {
        return new XmlTree(source).document();
    }

    private Item document() {
        while (at < text.length()) {
            int tag = text.indexOf('<', at);
            int end = tag < 0 ? text.length() : tag;
            characters(at, end, false);
            at = end;
            if (tag >= 0) {
                markup();
            }
        }
        if (!open.isEmpty()) {
            throw wrong(open.peek().begin, "<" + open.peek().name + "> has no end");
        }
        if (root == null) {
            throw wrong(0, "no element");
        }
        return root;
    }

    private void markup() {
        if (text.startsWith("<!--", at)) {
            at = after("-->", at + 4);
        } else if (text.startsWith("<![CDATA[", at)) {
            int end = after("]]>", at);
            characters(at + 9, end - 3, true);
            at = end;
        } else if (text.startsWith("<?", at)) {
            at = after("?>", at);
        } else if (text.startsWith("<!", at)) {
            at = declaration(at + 2);
        } else if (text.startsWith("</", at)) {
            int end = after(">", at);
            close(text.substring(at + 2, end - 1).strip(), at);
            at = end;
        } else {
            open();
        }
    }

    /** A DOCTYPE, with its internal subset in brackets. */
    private int declaration(int from) {
        int brackets = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = after(String.valueOf(c), i + 1) - 1;
            } else if (c == '>' && brackets == 0) {
                return i + 1;
            }
            brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
        }
        throw wrong(from, "a declaration without its '>'");
    }

    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        if (found < 0) {
            throw wrong(Math.min(at, text.length()), "something without its '" + end + "'");
        }
        return found + end.length();
    }

    private void characters(int from, int to, boolean cdata) {
        int begin = from;
        int end = to;
        while (begin < end && Character.isWhitespace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (begin < end) {
            if (open.isEmpty()) {
                throw wrong(begin, "text outside of the root element");
            }
            String value = text.substring(begin, end);
            open.peek()
                    .texts
                    .add(new Item.Scalar(begin, end, cdata ? value : plain(value), Item.Type.STRING, Item.Style.PLAIN));
        }
    }

    private void open() {
        if (open.size() >= DEEPEST) {
            throw wrong(at, "nested deeper than " + DEEPEST + " levels");
        }
        if (root != null && open.isEmpty()) {
            throw wrong(at, "a second root element");
        }
        Element element = new Element(at);
        int i = name(at + 1);
        element.name = text.substring(at + 1, i);
        while (true) {
            i = blanks(i);
            char c = i < text.length() ? text.charAt(i) : 0;
            if (c == '>' || text.startsWith("/>", i)) {
                at = i + (c == '>' ? 1 : 2);
                element.content = at;
                open.push(element);
                if (c != '>') {
                    element.empty = true;
                    close(element.name, i);
                }
                return;
            }
            i = attribute(element, i);
        }
    }

    private int attribute(Element element, int from) {
        int end = name(from);
        int i = blanks(end);
        if (i >= text.length() || text.charAt(i) != '=') {
            throw wrong(from, "an attribute without '='");
        }
        i = blanks(i + 1);
        char quote = i < text.length() ? text.charAt(i) : 0;
        if (quote != '"' && quote != '\'') {
            throw wrong(from, "an attribute without quotes");
        }
        int close = after(String.valueOf(quote), i + 1) - 1;
        Item.Style style = quote == '"' ? Item.Style.DOUBLE_QUOTED : Item.Style.SINGLE_QUOTED;
        element.entries.add(new Item.Entry(
                "@" + local(text.substring(from, end)),
                from,
                new Item.Scalar(i + 1, close, plain(text.substring(i + 1, close)), Item.Type.STRING, style)));
        return close + 1;
    }

    private void close(String name, int from) {
        if (open.isEmpty() || !open.peek().name.equals(name)) {
            throw wrong(
                    from,
                    "</" + name + "> where "
                            + (open.isEmpty() ? "nothing is open" : "</" + open.peek().name + "> was expected"));
        }
        Element done = open.pop();
        Item.Entry entry = new Item.Entry(local(done.name), done.begin, done.item());
        if (open.isEmpty()) {
            root = new Item.Mapping(0, List.of(entry));
        } else {
            open.peek().entries.add(entry);
        }
    }

    private int name(int from) {
        int i = from;
        while (i < text.length() && "=/><\"'".indexOf(text.charAt(i)) < 0 && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        if (i == from) {
            throw wrong(from, "no name where one was expected");
        }
        return i;
    }

    private int blanks(int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /** Text without the five entities and character numbers; others stay as they are written. */
    private static String plain(String written) {
        return ENTITY.matcher(written)
                .replaceAll(m -> Matcher.quoteReplacement(entity(m.group(1), m.group(2), m.group(3), m.group())));
    }

    private static String entity(String name, String decimal, String hex, String written) {
        if (name != null) {
            return switch (name) {
                case "lt" -> "<";
                case "gt" -> ">";
                case "amp" -> "&";
                case "quot" -> "\"";
                default -> "'";
            };
        }
        int code = decimal != null ? Integer.parseInt(decimal) : Integer.parseInt(hex, 16);
        return Character.isValidCodePoint(code) ? Character.toString(code) : written;
    }

    private ReleaseException wrong(int offset, String what) {
        return ReleaseException.refused(source.at(offset) + ": not XML: " + ForeignText.shown(what) + ".");
    }

    /** An element whose end hasn't come yet. */
    private static final class Element {
        private final int begin;
        private final List<Item.Entry> entries = new ArrayList<>();
        private final List<Item.Scalar> texts = new ArrayList<>();
        private String name;
        private int content;
        private boolean empty;

        private Element(int begin) {
            this.begin = begin;
        }

        private Item item() {
            Item.Scalar value = texts.isEmpty()
                    ? new Item.Scalar(content, content, "", Item.Type.STRING, Item.Style.PLAIN)
                    : texts.get(0);
            if (texts.size() > 1) {
                // Broken by a comment: a value that is written in pieces.
                value = new Item.Scalar(value.start(), value.end(), value.value(), value.type(), Item.Style.BLOCK);
            }
            if (entries.isEmpty() && !empty) {
                return value;
            }
            if (!texts.isEmpty()) {
                entries.add(new Item.Entry(TEXT, value.start(), value));
            }
            return new Item.Mapping(begin, List.copyOf(entries));
        }
    }
}
