package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** A TOML file as {@link Item}s. tomlj gives where a {@code key = value} begins; the value is found from there. */
public final class TomlTree {
    private final SourceText source;

    private TomlTree(SourceText source) {
        this.source = source;
    }

    /** @throws ReleaseException refused, as {@code name:line:column: problem} */
    public static Item parse(SourceText source) {
        TomlParseResult result;
        try {
            result = Toml.parse(source.text());
        } catch (StackOverflowError e) {
            // tomlj descends by recursion and has no limit of its own.
            throw ReleaseException.refused(source.name() + ": TOML that is nested too deeply.");
        }
        if (result.hasErrors()) {
            TomlParseError error = result.errors().get(0);
            throw ReleaseException.refused(
                    source.name() + ":" + error.position().line() + ":"
                            + error.position().column() + ": not TOML: " + error.getMessage() + ".");
        }
        return new TomlTree(source).table(result, 0);
    }

    private Item table(TomlTable table, int start) {
        List<Item.Entry> entries = new ArrayList<>();
        for (String key : table.keySet()) {
            List<String> path = List.of(key);
            int keyStart = offset(table.inputPositionOf(path));
            entries.add(new Item.Entry(key, keyStart, item(table.get(path), keyStart, true)));
        }
        return new Item.Mapping(start, List.copyOf(entries));
    }

    private Item item(Object value, int at, boolean afterKey) {
        if (value instanceof TomlTable table) {
            return table(table, at);
        }
        if (value instanceof TomlArray array) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                items.add(item(array.get(i), offset(array.inputPositionOf(i)), false));
            }
            return new Item.Sequence(at, List.copyOf(items));
        }
        return scalar(value, afterKey ? skipKey(at) : at);
    }

    private int offset(TomlPosition position) {
        return source.offset(position.line(), position.column() - 1);
    }

    /** From the begin of {@code a."b=c" = value} to its value. */
    private int skipKey(int at) {
        String text = source.text();
        char quote = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == '"' && c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '=') {
                i++;
                while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
                    i++;
                }
                return i;
            }
        }
        throw new IllegalStateException("a TOML key without a value: " + source.at(at));
    }

    private Item.Scalar scalar(Object value, int start) {
        String text = source.text();
        char first = text.charAt(start);
        if (first != '"' && first != '\'') {
            int end = start;
            while (end < text.length() && ",]}# \t\r\n".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            Item.Type type = value instanceof Boolean
                    ? Item.Type.BOOLEAN
                    : value instanceof Long
                            ? Item.Type.INTEGER
                            : value instanceof Double ? Item.Type.FLOAT : Item.Type.STRING;
            return new Item.Scalar(start, end, text.substring(start, end), type, Item.Style.PLAIN);
        }
        if (text.startsWith(String.valueOf(first).repeat(3), start)) {
            return new Item.Scalar(start, start + 3, (String) value, Item.Type.STRING, Item.Style.BLOCK);
        }
        int end = start + 1;
        while (text.charAt(end) != first) {
            end += first == '"' && text.charAt(end) == '\\' ? 2 : 1;
        }
        return new Item.Scalar(
                start,
                end + 1,
                (String) value,
                Item.Type.STRING,
                first == '"' ? Item.Style.DOUBLE_QUOTED : Item.Style.SINGLE_QUOTED);
    }
}
