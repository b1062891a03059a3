package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.ForeignText;
import java.util.regex.Pattern;

/**
 * Makes one line of foreign text safe inside a Markdown list: it shows as it was written, and can be no tag, image, link
 * with another text than its address, heading or list. Code spans stay, they show their content literally.
 */
final class Markdown {
    /** What would begin a block at the start of an item (CommonMark 0.31, chapters 4 and 5). */
    private static final Pattern NUMBER = Pattern.compile("^(\\d{1,9})([.)])(?=\\s|$)");

    private static final Pattern TASK = Pattern.compile("^\\[[ xX]](?=\\s|$)");

    private static final Pattern ENTITY = Pattern.compile("&(#[xX]?)?[0-9A-Za-z]{1,31};");

    private Markdown() {}

    /** Escapes a text; line breaks in it become spaces. */
    static String line(String text) {
        String line = ForeignText.line(text);
        StringBuilder out = new StringBuilder(line.length() + 16);
        int i = 0;
        if (!line.isEmpty() && "#-+=".indexOf(line.charAt(0)) >= 0
                || line.startsWith("[") && TASK.matcher(line).find()) {
            out.append('\\').append(line.charAt(0));
            i = 1;
        }
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == '`') {
                i = backticks(line, i, out);
                continue;
            }
            escape(line, i, c, out);
            i++;
        }
        return out.length() > 0 && Character.isDigit(out.charAt(0))
                ? NUMBER.matcher(out).replaceFirst("$1\\\\$2")
                : out.toString();
    }

    /** Copies a whole code span, or escapes a run of backticks that nothing closes; returns where to go on. */
    private static int backticks(String line, int start, StringBuilder out) {
        int end = endOfRun(line, start);
        int length = end - start;
        for (int i = line.indexOf('`', end); i >= 0; i = line.indexOf('`', i)) {
            int close = endOfRun(line, i);
            if (close - i == length) {
                out.append(line, start, close);
                return close;
            }
            i = close;
        }
        out.append("\\`".repeat(length));
        return end;
    }

    private static int endOfRun(String line, int start) {
        int end = start;
        while (end < line.length() && line.charAt(end) == '`') {
            end++;
        }
        return end;
    }

    private static void escape(String line, int i, char c, StringBuilder out) {
        char next = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append(i == 0 ? "&gt;" : ">");
            case '&' -> out.append(ENTITY.matcher(line).region(i, line.length()).lookingAt() ? "&amp;" : "&");
            case '\\', '*' -> out.append('\\').append(c);
            // [#130] alone stays readable: without a definition, which "]:" can't be any more, it is no link.
            case ']' -> out.append(next == '(' || next == '[' || next == ':' ? "\\]" : "]");
            case '_' ->
                out.append(
                        i > 0 && Character.isLetterOrDigit(line.charAt(i - 1)) && Character.isLetterOrDigit(next)
                                ? "_"
                                : "\\_");
            case '~' -> out.append(next == '~' || i > 0 && line.charAt(i - 1) == '~' ? "\\~" : "~");
            default -> out.append(c);
        }
    }
}
