package io.jenkins.plugins.darwin.schedule;

import io.jenkins.plugins.darwin.model.Milestone;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A calendar as RFC 5545 has it: one all-day event a milestone. Written by hand, since a library for all of the standard is two
 * megabytes and this is a dozen lines of it.
 */
public final class IcsWriter {
    /** Octets on a line, without its end (RFC 5545, 3.1). */
    private static final int LONGEST = 75;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private IcsWriter() {}

    /**
     * @param title of the release: {@code darwin 1.3.0}
     * @param details of each event, for its description
     * @param written when it was last changed, so that the same calendar gives the same bytes
     */
    public static String write(String title, String details, Map<Milestone, LocalDate> dates, Instant written) {
        StringBuilder out = new StringBuilder();
        line(out, "BEGIN:VCALENDAR");
        line(out, "VERSION:2.0");
        line(out, "PRODID:-//Darwin Release//darwin calendar//EN");
        line(out, "CALSCALE:GREGORIAN");
        line(out, "METHOD:PUBLISH");
        line(out, "X-WR-CALNAME:" + text(title));
        dates.forEach((milestone, day) -> {
            line(out, "BEGIN:VEVENT");
            line(out, "UID:" + title.replaceAll("[^A-Za-z0-9.]+", "-") + "-" + milestone.word() + "@darwin-release");
            line(out, "DTSTAMP:" + STAMP.format(written));
            line(out, "DTSTART;VALUE=DATE:" + DateTimeFormatter.BASIC_ISO_DATE.format(day));
            line(out, "DTEND;VALUE=DATE:" + DateTimeFormatter.BASIC_ISO_DATE.format(day.plusDays(1)));
            line(out, "SUMMARY:" + text(title + ": " + milestone.phrase()));
            line(out, "DESCRIPTION:" + text(details));
            line(out, "CATEGORIES:" + milestone.phase());
            line(out, "TRANSP:TRANSPARENT");
            line(out, "END:VEVENT");
        });
        line(out, "END:VCALENDAR");
        return out.toString();
    }

    /** RFC 5545, 3.3.11. */
    private static String text(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n");
    }

    /** Folded where a line is too long, never inside a character. */
    private static void line(StringBuilder out, String content) {
        int octets = 0;
        for (int i = 0; i < content.length(); ) {
            int c = content.codePointAt(i);
            String character = Character.toString(c);
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > LONGEST) {
                out.append("\r\n ");
                octets = 1;
            }
            out.append(character);
            octets += size;
            i += character.length();
        }
        out.append("\r\n");
    }
}
