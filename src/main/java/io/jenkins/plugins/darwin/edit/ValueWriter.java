package io.jenkins.plugins.darwin.edit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Spells a string the way the value that it replaces was spelt. */
final class ValueWriter {
    /** Chars that mean nothing to YAML, in a flow collection either; a colon inside a word is one of them. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._/:+@-]*[A-Za-z0-9._/+@-])?");
    /** What Helm's parser (YAML 1.1 for some) reads as a number or a time although YAML 1.2 has a string. */
    private static final Pattern YAML11 = Pattern.compile("[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?"
            + "|[0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");

    private static final Set<String> YAML11_WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();

    /** The text for a value's range; {@code before} is the char in front of it, for a value that was left empty. */
    String write(PlaceKind kind, Item.Scalar old, String value, char before) {
        String text = isNumber(old, value)
                ? value
                : switch (kind) {
                    case YAML -> yaml(old, value);
                    case JSON -> doubleQuoted(value);
                    case TOML ->
                        old.style() == Item.Style.SINGLE_QUOTED && !needsEscapes(value)
                                ? "'" + value + "'"
                                : doubleQuoted(value);
                    case XML -> value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
                    case REGEX -> value;
                };
        boolean glued = kind == PlaceKind.YAML && old.start() == old.end() && !Character.isWhitespace(before);
        return glued ? " " + text : text;
    }

    /** A number stays one where the new value is one that reads back as it is written: 1.10 does not. */
    private static boolean isNumber(Item.Scalar old, String value) {
        return old.style() == Item.Style.PLAIN
                && (old.type() == Item.Type.INTEGER && value.matches("0|[1-9][0-9]{0,14}")
                        || old.type() == Item.Type.FLOAT && value.matches("(?:0|[1-9][0-9]{0,8})\\.[0-9]{0,6}[1-9]"));
    }

    private String yaml(Item.Scalar old, String value) {
        return switch (old.style()) {
            case SINGLE_QUOTED -> hasControls(value) ? doubleQuoted(value) : "'" + value.replace("'", "''") + "'";
            case PLAIN -> plainIsString(value) ? value : doubleQuoted(value);
            default -> doubleQuoted(value);
        };
    }

    /** Whether every YAML parser takes the bare word for this string: 1.3.0 yes, 1.10 (a float, so 1.1) no. */
    private boolean plainIsString(String value) {
        boolean threeParts = value.matches("[0-9]+\\.[0-9]+\\.[0-9]+");
        return WORD.matcher(value).matches()
                && resolver.resolve(value, true).equals(Tag.STR)
                && (threeParts || !YAML11.matcher(value).matches())
                && !YAML11_WORDS.contains(value.toLowerCase(Locale.ROOT));
    }

    /** JSON's strings are YAML's double-quoted and TOML's basic strings too. */
    private static String doubleQuoted(String value) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
    }

    private static boolean needsEscapes(String value) {
        return value.indexOf('\'') >= 0 || hasControls(value);
    }

    private static boolean hasControls(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }
}
