package io.jenkins.plugins.darwin.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.ScheduleRules;
import io.jenkins.plugins.darwin.model.ScheduleRules.FreezeWindow;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-02");
    /** A Wednesday. */
    private static final LocalDate TARGET = LocalDate.parse("2026-12-16");

    @Test
    void theTemplateOfTheProcessDocument() {
        assertThat(of(Set.of(), List.of()))
                .containsExactly(
                        Map.entry(Milestone.TIMELINE, LocalDate.parse("2026-11-23")), // W-2, Monday
                        Map.entry(Milestone.SCOPE_FREEZE, LocalDate.parse("2026-12-07")), // W0, Monday
                        Map.entry(Milestone.CODE_FREEZE, LocalDate.parse("2026-12-08")), // W0, Tuesday
                        Map.entry(Milestone.CANDIDATE, LocalDate.parse("2026-12-11")), // W0, Friday
                        Map.entry(Milestone.VOTE, LocalDate.parse("2026-12-14")), // W1, Monday
                        Map.entry(Milestone.RELEASE, TARGET), // W1, Wednesday
                        Map.entry(Milestone.ANNOUNCEMENT, LocalDate.parse("2026-12-17"))); // W1, Thursday
    }

    @Test
    void holidaysAreSkipped() {
        Map<Milestone, LocalDate> dates =
                of(Set.of(LocalDate.parse("2026-12-11"), LocalDate.parse("2026-12-17")), List.of());
        assertThat(dates)
                .containsEntry(Milestone.VOTE, LocalDate.parse("2026-12-14"))
                .containsEntry(Milestone.CANDIDATE, LocalDate.parse("2026-12-10"))
                .containsEntry(Milestone.SCOPE_FREEZE, LocalDate.parse("2026-12-04"))
                .containsEntry(Milestone.ANNOUNCEMENT, LocalDate.parse("2026-12-18"));
    }

    @Test
    void aCutInAFreezeWindowIsBeforeIt() {
        FreezeWindow window = new FreezeWindow(LocalDate.parse("2026-12-05"), LocalDate.parse("2026-12-07"), "audit");
        assertThat(of(Set.of(), List.of(window)))
                .containsEntry(Milestone.SCOPE_FREEZE, LocalDate.parse("2026-12-04"))
                .containsEntry(Milestone.CODE_FREEZE, LocalDate.parse("2026-12-08"));
    }

    @Test
    void everyDayThatDoesNotFitIsRefusedWithOneThatDoes() {
        refused("2026-10-30", "is in the past: expected 2026-11-02 or later");
        refused("2026-12-19", "is a Saturday: expected a working day, such as 2026-12-18 or 2026-12-21");
        assertThatThrownBy(() -> Timetable.of(
                        rules(Set.of(TARGET)), new WorkingDays(rules(Set.of(TARGET)), List.of()), TARGET, TODAY))
                .hasMessageContaining("a holiday");
        FreezeWindow window = new FreezeWindow(TARGET, TARGET.plusDays(5), "year end");
        assertThatThrownBy(() -> of(Set.of(), List.of(window)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("in the freeze window 2026-12-16 to 2026-12-21 (year end)")
                .hasMessageContaining("such as 2026-12-15 or 2026-12-22");
    }

    @Test
    void aTeamHasATemplateOfItsOwn() {
        ScheduleRules rules = new ScheduleRules(
                List.of(),
                ZoneOffset.UTC,
                Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
                Set.of(),
                List.of(),
                List.of(),
                Map.of(Milestone.SCOPE_FREEZE, 3, Milestone.ANNOUNCEMENT, 0),
                Optional.empty());
        assertThat(Timetable.of(rules, new WorkingDays(rules, List.of()), LocalDate.parse("2026-12-13"), TODAY))
                .containsEntry(Milestone.SCOPE_FREEZE, LocalDate.parse("2026-12-08"))
                .containsEntry(Milestone.ANNOUNCEMENT, LocalDate.parse("2026-12-13"));
    }

    private static void refused(String target, String message) {
        ScheduleRules rules = rules(Set.of());
        assertThatThrownBy(() -> Timetable.of(rules, new WorkingDays(rules, List.of()), LocalDate.parse(target), TODAY))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(message);
    }

    private static Map<Milestone, LocalDate> of(Set<LocalDate> holidays, List<FreezeWindow> freeze) {
        return Timetable.of(rules(holidays), new WorkingDays(rules(holidays), freeze), TARGET, TODAY);
    }

    private static ScheduleRules rules(Set<LocalDate> holidays) {
        return new ScheduleRules(
                List.of(),
                ZoneOffset.UTC,
                ScheduleRules.defaults().weekend(),
                holidays,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }
}
