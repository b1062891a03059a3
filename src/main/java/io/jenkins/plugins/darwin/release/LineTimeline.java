package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.schedule.LineRecord;
import io.jenkins.plugins.darwin.schedule.Rotation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who manages a line and when what is due, held against what is there.
 *
 * @param manager recorded; empty while nobody is
 * @param proposed next in turn, while nobody is recorded; empty where trunk names no maintainers
 * @param target day of the release
 * @param days in order; empty while there is no target
 * @param decisions what was recorded with a reason
 * @param warnings such as a manager who is a maintainer no more
 */
public record LineTimeline(
        Optional<String> manager,
        Optional<String> proposed,
        Optional<LocalDate> target,
        List<Day> days,
        List<LineRecord.Decision> decisions,
        @com.fasterxml.jackson.annotation.JsonIgnore List<String> warnings) {
    /** How a day stands. */
    public enum State {
        DONE,
        /** Due today. */
        TODAY,
        /** Its day is over, and it is not done. */
        LATE,
        AHEAD,
        /** Its day is over; whether it was done, nothing tells. */
        PAST
    }

    /** @param happens for people */
    public record Day(Milestone milestone, String phase, LocalDate date, State state, String happens) {}

    /** Of a record, with what is known to be done. */
    static LineTimeline of(Workspace workspace, ReleaseConfig trunkConfig, Version version, Set<Milestone> done) {
        LineDays days = new LineDays(workspace, trunkConfig);
        LineRecord record = days.records().find(version);
        List<Person> maintainers = days.rules().maintainers();
        List<String> warnings = new ArrayList<>(days.warnings());
        record.manager()
                .filter(m ->
                        !maintainers.isEmpty() && Rotation.find(maintainers, m).isEmpty())
                .ifPresent(m -> warnings.add("The release manager of " + version + ", " + m
                        + ", is no maintainer any more: record another one, with a reason."));
        LocalDate today = days.today();
        List<Day> all = record.dates().entrySet().stream()
                .map(e -> new Day(
                        e.getKey(),
                        e.getKey().phase(),
                        e.getValue(),
                        state(e.getKey(), e.getValue(), today, done),
                        e.getKey().phrase()))
                .toList();
        return new LineTimeline(
                record.manager(),
                record.manager().isPresent()
                        ? Optional.empty()
                        : Rotation.next(maintainers, days.records().all(), version)
                                .map(Person::toString),
                record.target(),
                all,
                record.decisions(),
                warnings);
    }

    private static State state(Milestone milestone, LocalDate day, LocalDate today, Set<Milestone> done) {
        if (done.contains(milestone)) {
            return State.DONE;
        }
        if (day.isEqual(today)) {
            return State.TODAY;
        }
        if (day.isAfter(today)) {
            return State.AHEAD;
        }
        // What is said by mail leaves no trace in Git, and a code freeze is a promise of people.
        return switch (milestone) {
            case TIMELINE, CODE_FREEZE, ANNOUNCEMENT -> State.PAST;
            default -> State.LATE;
        };
    }

    /** Whether nobody recorded anything. */
    boolean isEmpty() {
        return manager.isEmpty() && target.isEmpty() && decisions.isEmpty();
    }

    /** Days that are over without what was due. */
    public List<Day> late() {
        return days.stream().filter(d -> d.state() == State.LATE).toList();
    }
}
