package io.jenkins.plugins.darwin.model;

/**
 * Text of strangers (commits, registries, mails, names of files), made fit to be shown: what it says stays, what it could do
 * to a terminal, a log, a mail or a page does not. Taken out are control characters of both ranges (C0, C1), marks that turn
 * the direction of text, zero-width and other format characters, line and paragraph separators, and halves of surrogates.
 */
public final class ForeignText {
    private static final int LONGEST = 200;
    private static final int JOINER = 0x200D;

    private ForeignText() {}

    /** One line: line breaks and every hidden character become a blank, runs of blanks one. */
    public static String line(String text) {
        return clean(text, ' ', false).replaceAll("[ \\t]+", " ").strip();
    }

    /** One line in the midst of a message: each hidden character shows as a question mark; cut after 200 characters. */
    public static String shown(String text) {
        String clean = clean(text, '?', false);
        return clean.codePointCount(0, clean.length()) > LONGEST
                ? clean.substring(0, clean.offsetByCodePoints(0, LONGEST)) + "..."
                : clean;
    }

    /** Text of several lines: line feeds and tabs stay, every other hidden character becomes a question mark. */
    public static String lines(String text) {
        return clean(text, '?', true);
    }

    /** Whether nothing hidden is in a text that has to be one line. */
    public static boolean isPlainLine(String text) {
        return clean(text, '?', false).equals(text);
    }

    /** A JSON document that says the same, with every hidden character as an escape; those stand in strings alone. */
    public static String json(String document) {
        StringBuilder out = new StringBuilder(document.length());
        document.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !hidden(c)) {
                out.appendCodePoint(c);
            } else {
                for (char half : Character.toChars(c)) {
                    out.append(String.format("\\u%04x", (int) half));
                }
            }
        });
        return out.toString();
    }

    private static String clean(String text, char instead, boolean lines) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean keep = lines && (c == '\n' || c == '\t')
                    || !hidden(c)
                    || c == JOINER && pictograph(before) && next < text.length() && pictograph(text.codePointAt(next));
            if (keep) {
                out.appendCodePoint(c);
            } else {
                out.append(instead);
            }
            if (c != 0xFE0F) { // the mark that asks for the coloured form of what is before it
                before = c;
            }
            i = next;
        }
        return out.toString();
    }

    /** Whether a character takes no place of its own and may change how its neighbours show. */
    public static boolean hidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            // Hangul fillers and the like are letters that show nothing
            default -> codePoint == 0x115F || codePoint == 0x1160 || codePoint == 0x3164 || codePoint == 0xFFA0;
        };
    }

    private static boolean pictograph(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.OTHER_SYMBOL || type == Character.MODIFIER_SYMBOL && codePoint > 0xFFFF;
    }
}
