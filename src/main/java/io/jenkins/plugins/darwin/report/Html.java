package io.jenkins.plugins.darwin.report;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ForeignText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Pieces of HTML. Every text from outside goes through {@link #text}. */
final class Html {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB"};

    private Html() {}

    /**
     * Escapes a text for element content and for attributes in double quotes. Control characters and the marks that turn
     * the direction of text, which could make one line show as another, become U+FFFD.
     */
    static String text(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append((char) c);
                default -> out.appendCodePoint(ForeignText.hidden(c) ? 0xFFFD : c);
            }
        });
        return out.toString();
    }

    /** A digest, cut short by the style until it has the focus or is printed; one click selects all of it. */
    static String digest(Digest digest) {
        return "<code class=\"digest\" tabindex=\"0\" title=\"" + digest + "\">" + digest + "</code>";
    }

    /** A point in time, in UTC. */
    static String time(Instant instant) {
        return "<time datetime=\"" + instant + "\">" + TIME.format(instant) + "</time>";
    }

    /** For example {@code 640 ms}, {@code 2.4 s}, {@code 3 min 5 s}, {@code 2 d 3 h}. */
    static String duration(Duration took) {
        long ms = took.toMillis();
        if (ms < 1000) {
            return ms + " ms";
        }
        if (ms < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(ms / 100.0) / 10);
        }
        if (took.toHours() < 1) {
            return took.toMinutes() + " min " + took.toSecondsPart() + " s";
        }
        return took.toDays() < 1
                ? took.toHours() + " h " + took.toMinutesPart() + " min"
                : took.toDays() + " d " + took.toHoursPart() + " h";
    }

    /** Bytes for people, in powers of 1000. */
    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < SIZES.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 || value >= 99.95
                ? Math.round(value) + " " + SIZES[unit]
                : String.format(Locale.ROOT, "%.1f %s", value, SIZES[unit]);
    }

    /** How something stands: a word with a sign before it, so that the colour says nothing alone. */
    static String pill(String tone, String sign, String word) {
        return "<span class=\"pill " + tone + "\"><span aria-hidden=\"true\">" + sign + "</span> " + text(word)
                + "</span>";
    }
}
