package io.jenkins.plugins.darwin.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IcsTest {
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    @Test
    void writesAllDayEventsAndReadsThemBack() {
        String ics = IcsWriter.write(
                "darwin 1.3.0",
                "Release manager: Asha, Rao; \\ größer",
                Map.of(Milestone.RELEASE, LocalDate.parse("2026-12-16")),
                Instant.parse("2026-11-25T10:00:00Z"));
        assertThat(ics)
                .contains("\r\nDTSTART;VALUE=DATE:20261216\r\n", "\r\nDTEND;VALUE=DATE:20261217\r\n")
                .contains("UID:darwin-1.3.0-release@darwin-release")
                .contains("DESCRIPTION:Release manager: Asha\\, Rao\\; \\\\ größer")
                .endsWith("END:VCALENDAR\r\n");
        assertThat(ics.replace("\r\n", "")).doesNotContain("\n");
        assertThat(read(ics)).singleElement().satisfies(w -> {
            assertThat(w.from()).isEqualTo("2026-12-16");
            assertThat(w.to()).isEqualTo("2026-12-16");
            assertThat(w.reason()).isEqualTo("darwin 1.3.0: the release is promoted");
        });
    }

    @Test
    void longLinesAreFoldedBetweenCharacters() {
        String ics = IcsWriter.write(
                "darwin " + "größe".repeat(40),
                "x",
                Map.of(Milestone.VOTE, LocalDate.parse("2026-12-14")),
                Instant.parse("2026-11-25T10:00:00Z"));
        for (String line : ics.split("\r\n")) {
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75);
        }
        assertThat(ics.replace("\r\n ", "")).contains("größe".repeat(40));
    }

    @Test
    void readsDatesTimesAndZones() {
        assertThat(read(event("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20270102")))
                .hasToString("[2026-12-24 to 2027-01-01]");
        assertThat(read(event("DTSTART;VALUE=DATE:20261224"))).hasToString("[2026-12-24]");
        // 23:00 in London is the next day in Kolkata.
        assertThat(read(event("DTSTART:20261224T230000Z\nDTEND:20261225T100000Z\nSUMMARY:a\\, b\\nc")))
                .hasToString("[2026-12-25 (a, b c)]");
        assertThat(read(event(
                        "DTSTART;TZID=Europe/Berlin:20261224T100000\nDTEND;TZID=\"Europe/Berlin\":20261226T000000")))
                .hasToString("[2026-12-24 to 2026-12-26]");
        assertThat(read(event("DTSTART:20261224T000000\nDTEND:20261225T000000")))
                .hasToString("[2026-12-24]");
    }

    @Test
    void whatAnAlarmSaysIsNotTheEvents() {
        assertThat(read(event("BEGIN:VALARM\nDTSTART:19990101\nSUMMARY:no\nEND:VALARM\nDTSTART:20261224\nSUMMARY:yes")))
                .hasToString("[2026-12-24 (yes)]");
    }

    @Test
    void foldedLinesAndLineEndsOfAnySort() {
        assertThat(
                        read(
                                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026\n 1224\nSUMMARY:year\n  end\nEND:VEVENT\nEND:VCALENDAR\n"))
                .hasToString("[2026-12-24 (year end)]");
    }

    @Test
    void badInputIsOneSentence() {
        refused("hello\n", "f.ics: not a calendar: expected BEGIN:VCALENDAR (RFC 5545), found 'hello'");
        refused(
                event("DTSTART:20261224\nRRULE:FREQ=YEARLY\nSUMMARY:x"),
                "the event 'x' repeats: expected each freeze window");
        refused(event("SUMMARY:x"), "has no DTSTART");
        refused(event("DTSTART:soon"), "DTSTART: expected a date such as 20261224");
        refused(event("DTSTART:20261399"), "found '20261399'");
        refused(event("DTSTART:20261224\nDTEND:20261201"), "ends before it begins");
        refused(event("DTSTART;TZID=Mars/Olympus:20261224T100000"), "DTSTART");
    }

    private static String event(String properties) {
        return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + properties.replace("\n", "\r\n")
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    private static List<io.jenkins.plugins.darwin.model.ScheduleRules.FreezeWindow> read(String ics) {
        return IcsReader.read("f.ics", ics.getBytes(StandardCharsets.UTF_8), KOLKATA);
    }

    private static void refused(String ics, String message) {
        assertThatThrownBy(() -> read(ics)).isInstanceOf(ReleaseException.class).hasMessageContaining(message);
    }
}
