package io.jenkins.plugins.darwin.schedule;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.ScheduleRules.FreezeWindow;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads freeze windows from a calendar (RFC 5545): every event is one. */
public final class IcsReader {
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_EVENTS = 10_000;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    private IcsReader() {}

    /**
     * @param zone in which a day begins
     * @throws ReleaseException usage, when it is no calendar, or has what can't be told in whole days once
     */
    public static List<FreezeWindow> read(String name, byte[] bytes, ZoneId zone) {
        if (bytes.length > MOST_BYTES) {
            throw ReleaseException.usage(name + ": " + bytes.length + " bytes; expected at most " + MOST_BYTES + ".");
        }
        String text =
                new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "").replaceAll("\r?\n[ \t]", "");
        List<FreezeWindow> windows = new ArrayList<>();
        Map<String, String> event = null;
        boolean calendar = false;
        int nested = 0;
        for (String line : text.split("\r?\n")) {
            String upper = line.strip().toUpperCase(Locale.ROOT);
            calendar |= upper.equals("BEGIN:VCALENDAR");
            if (upper.equals("BEGIN:VEVENT")) {
                event = new HashMap<>();
            } else if (upper.equals("END:VEVENT") && event != null) {
                if (windows.size() >= MOST_EVENTS) {
                    throw ReleaseException.usage(name + ": more than " + MOST_EVENTS + " events.");
                }
                windows.add(window(name, event, zone));
                event = null;
            } else if (event != null && upper.startsWith("BEGIN:")) {
                nested++; // an alarm has times of its own
            } else if (event != null && upper.startsWith("END:")) {
                nested--;
            } else if (event != null && nested == 0 && line.indexOf(':') > 0) {
                property(event, line);
            }
        }
        if (!calendar) {
            throw ReleaseException.usage(name + ": not a calendar: expected BEGIN:VCALENDAR (RFC 5545), found '"
                    + Version.printable(text.lines().findFirst().orElse("")) + "'.");
        }
        return windows;
    }

    /** By name; parameters stay with the name's value as {@code NAME;}. A colon may stand in a quoted parameter. */
    private static void property(Map<String, String> event, String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (c == ':' && !quoted) {
                String head = line.substring(0, i);
                String name = head.replaceFirst(";.*", "").toUpperCase(Locale.ROOT);
                event.putIfAbsent(name, line.substring(i + 1).strip());
                event.putIfAbsent(name + ";", head);
                return;
            }
        }
    }

    private static FreezeWindow window(String name, Map<String, String> event, ZoneId zone) {
        String summary = ForeignText.line(
                event.getOrDefault("SUMMARY", "").replaceAll("\\\\[nN]", " ").replaceAll("\\\\(.)", "$1"));
        if (event.containsKey("RRULE") || event.containsKey("RDATE")) {
            throw ReleaseException.usage(name + ": the event '" + Version.printable(summary)
                    + "' repeats: expected each freeze window by its own dates.");
        }
        if (!event.containsKey("DTSTART")) {
            throw ReleaseException.usage(name + ": the event '" + Version.printable(summary) + "' has no DTSTART.");
        }
        LocalDate from = day(name, event, "DTSTART", zone, false);
        boolean lasts = event.containsKey("DTEND");
        LocalDate to = lasts ? day(name, event, "DTEND", zone, true) : from;
        if (to.isBefore(from)) {
            if (lasts && to.equals(from.minusDays(1))) {
                to = from; // an end at the very start is a day all the same
            } else {
                throw ReleaseException.usage(
                        name + ": the event '" + Version.printable(summary) + "' ends before it begins.");
            }
        }
        return new FreezeWindow(from, to, summary);
    }

    /** @param end DTEND is the first moment after it: the last day is the one before, when that is a midnight */
    private static LocalDate day(String name, Map<String, String> event, String key, ZoneId zone, boolean end) {
        String value = event.get(key);
        try {
            if (value.matches("\\d{8}")) {
                LocalDate day = LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE);
                return end ? day.minusDays(1) : day;
            }
            LocalDateTime time = LocalDateTime.parse(value.replaceFirst("Z$", ""), LOCAL);
            ZoneId from = value.endsWith("Z") ? ZoneOffset.UTC : zoneOf(event.get(key + ";"), zone);
            LocalDateTime here = time.atZone(from).withZoneSameInstant(zone).toLocalDateTime();
            return end ? here.minusSeconds(1).toLocalDate() : here.toLocalDate();
        } catch (DateTimeException e) {
            throw ReleaseException.usage(
                    name + ": " + key
                            + ": expected a date such as 20261224, or a time such as 20261224T180000Z, found '"
                            + Version.printable(value) + "'.",
                    e);
        }
    }

    private static ZoneId zoneOf(String head, ZoneId zone) {
        for (String parameter : head.split(";")) {
            if (parameter.toUpperCase(Locale.ROOT).startsWith("TZID=")) {
                return ZoneId.of(parameter.substring("TZID=".length()).replace("\"", ""));
            }
        }
        return zone;
    }
}
