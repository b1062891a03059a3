package io.jenkins.plugins.darwin.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who manages releases, and on which days: the keys {@code maintainers}, {@code calendar} and {@code support}, of trunk.
 *
 * @param maintainers release managers, in turn
 * @param zone in which a day begins
 * @param weekend days of every week on which nothing happens
 * @param holidays other such days
 * @param freeze windows in which nothing is cut and nothing promoted
 * @param freezeFiles files of the repository ({@code .ics}) with more windows
 * @param daysBefore working days before the release, by milestone
 * @param supportMonths from the first release of a line to the end of its support; empty where nobody promised any
 */
public record ScheduleRules(
        List<Person> maintainers,
        ZoneId zone,
        Set<DayOfWeek> weekend,
        Set<LocalDate> holidays,
        List<FreezeWindow> freeze,
        List<String> freezeFiles,
        Map<Milestone, Integer> daysBefore,
        Optional<Integer> supportMonths) {
    public ScheduleRules {
        maintainers = List.copyOf(maintainers);
        weekend = Set.copyOf(weekend);
        holidays = Set.copyOf(holidays);
        freeze = List.copyOf(freeze);
        freezeFiles = List.copyOf(freezeFiles);
        daysBefore = Map.copyOf(daysBefore);
    }

    /** What holds where the configuration says nothing. */
    public static ScheduleRules defaults() {
        return new ScheduleRules(
                List.of(),
                ZoneOffset.UTC,
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                Set.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    /** Working days before the release, of the configuration or the template; negative: after it. */
    public int days(Milestone milestone) {
        return daysBefore.getOrDefault(milestone, milestone.daysBefore());
    }

    /**
     * A window in which nothing is cut and nothing promoted.
     *
     * @param from first day
     * @param to last day
     */
    public record FreezeWindow(LocalDate from, LocalDate to, String reason) {
        public boolean has(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }

        @Override
        public String toString() {
            return from + (from.equals(to) ? "" : " to " + to) + (reason.isBlank() ? "" : " (" + reason + ")");
        }
    }
}
