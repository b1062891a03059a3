package io.jenkins.plugins.darwin.schedule;

import io.jenkins.plugins.darwin.model.ScheduleRules;
import io.jenkins.plugins.darwin.model.ScheduleRules.FreezeWindow;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** On which days people work, and on which something may be cut or promoted. */
public final class WorkingDays {
    /** Days looked through for one that fits: ten years are none. */
    private static final int MOST = 3660;

    private final ScheduleRules rules;
    private final List<FreezeWindow> freeze;

    /** @param freeze all windows, those of files too */
    public WorkingDays(ScheduleRules rules, List<FreezeWindow> freeze) {
        this.rules = rules;
        this.freeze = List.copyOf(freeze);
    }

    /** Why nobody works on a day; empty when people do. */
    public Optional<String> off(LocalDate day) {
        if (rules.weekend().contains(day.getDayOfWeek())) {
            return Optional.of("a " + day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        }
        return rules.holidays().contains(day) ? Optional.of("a holiday") : Optional.empty();
    }

    /** The window that a day is in. */
    public Optional<FreezeWindow> frozen(LocalDate day) {
        return freeze.stream().filter(w -> w.has(day)).findFirst();
    }

    /** Why nothing is cut or promoted on a day; empty when it may be. */
    public Optional<String> closed(LocalDate day) {
        return off(day).or(() -> frozen(day).map(w -> "in the freeze window " + w));
    }

    /** So many working days later, or earlier when negative; none: the day itself. */
    public LocalDate plus(LocalDate day, int days) {
        LocalDate at = day;
        int step = days < 0 ? -1 : 1;
        for (int left = Math.abs(days); left > 0; ) {
            at = at.plusDays(step);
            if (off(at).isEmpty()) {
                left--;
            }
        }
        return at;
    }

    /** The day itself, or the last before it (the first after it) on which something may be cut or promoted. */
    public Optional<LocalDate> open(LocalDate day, boolean before) {
        LocalDate at = day;
        for (int i = 0; i < MOST; i++) {
            if (closed(at).isEmpty()) {
                return Optional.of(at);
            }
            at = at.plusDays(before ? -1 : 1);
        }
        return Optional.empty();
    }
}
