package io.jenkins.plugins.darwin.schedule;

import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.ScheduleRules;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The days of a release, counted back from its target in working days. */
public final class Timetable {
    private Timetable() {}

    /**
     * @param target the day of the release
     * @param today in the team's zone
     * @throws ReleaseException usage, when nothing can be released on that day
     */
    public static Map<Milestone, LocalDate> of(
            ScheduleRules rules, WorkingDays days, LocalDate target, LocalDate today) {
        if (target.isBefore(today)) {
            throw ReleaseException.usage(
                    "The target date " + target + " is in the past: expected " + today + " or later.");
        }
        days.closed(target).ifPresent(why -> {
            throw ReleaseException.usage("Nothing is released on " + target + ", which is " + why
                    + ": expected a working day" + near(days, target, today) + ".");
        });
        Map<Milestone, LocalDate> dates = new EnumMap<>(Milestone.class);
        for (Milestone milestone : Milestone.values()) {
            LocalDate day = days.plus(target, -rules.days(milestone));
            // A cut in a freeze window would be refused: it is earlier then.
            dates.put(
                    milestone,
                    milestone == Milestone.SCOPE_FREEZE ? days.open(day, true).orElse(day) : day);
        }
        return Collections.unmodifiableMap(dates);
    }

    private static String near(WorkingDays days, LocalDate target, LocalDate today) {
        String before = days.open(target, true)
                .filter(d -> !d.isBefore(today))
                .map(d -> ", such as " + d)
                .orElse("");
        return before
                + days.open(target, false)
                        .map(d -> (before.isEmpty() ? ", such as " : " or ") + d)
                        .orElse("");
    }
}
