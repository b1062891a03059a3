package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.schedule.LineRecord;
import io.jenkins.plugins.darwin.schedule.Rotation;
import io.jenkins.plugins.darwin.schedule.Timetable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** P0.1 and P0.4: who manages a release, and its days, kept in the repository's own Git. */
public final class PlanLine implements UseCase<PlanLine.Result> {
    /** @param line as it is recorded now */
    public record Result(Version version, LineTimeline line) {}

    private final Workspace workspace;
    private final Version version;
    private final Optional<String> manager;
    private final Optional<String> target;
    private final Optional<String> reason;

    /**
     * @param manager a maintainer; the next in turn when empty and nobody is recorded
     * @param target day of the release, {@code YYYY-MM-DD}; all others are counted from it
     * @param reason needed for another manager than the next in turn
     */
    public PlanLine(
            Workspace workspace,
            Version version,
            Optional<String> manager,
            Optional<String> target,
            Optional<String> reason) {
        this.workspace = workspace;
        this.version = version;
        this.manager = manager;
        this.target = target;
        this.reason = reason.map(r -> LineDays.requireReason("for the line's record", r));
    }

    /** Only looks. */
    public static LineTimeline look(Workspace workspace, Version version) {
        return LineTimeline.of(workspace, workspace.trunkConfig(), version, Set.of());
    }

    @Override
    public Planned<Result> plan() {
        ReleaseConfig config = workspace.trunkConfig();
        LineDays days = new LineDays(workspace, config);
        if (workspace.tagged(version).isPresent()) {
            throw LineDays.released(workspace, version);
        }
        LineRecord before = days.records().find(version);
        LineRecord after = before;
        List<Change> changes = new ArrayList<>();
        Optional<Person> person = person(days, before);
        if (person.isPresent()) {
            String name = person.get().toString();
            changes.add(change("manager", name, before.manager()));
            if (!before.manager().equals(Optional.of(name))) {
                after = after.managedBy(name, workspace.clock().instant());
                if (reason.isPresent() && manager.isPresent()) {
                    after = after.with(days.decision(LineRecord.Sort.MANAGER, name, reason.get()));
                }
            }
        }
        if (target.isPresent()) {
            LocalDate day = date(target.get());
            Map<Milestone, LocalDate> dates = Timetable.of(days.rules(), days.working(), day, days.today());
            changes.add(change("target", day.toString(), before.target().map(LocalDate::toString)));
            dates.forEach((milestone, date) -> changes.add(change(
                    milestone.word(),
                    date.toString(),
                    Optional.ofNullable(before.dates().get(milestone)).map(LocalDate::toString))));
            boolean moved = !before.target().equals(Optional.of(day));
            after = moved || !before.dates().equals(dates) ? after.due(day, dates) : after;
            if (moved && reason.isPresent()) {
                after = after.with(days.decision(LineRecord.Sort.TARGET, day.toString(), reason.get()));
            }
        }
        LineRecord kept = after;
        if (!kept.equals(before)) {
            new Commits(workspace, config, version).requireKey();
        }
        Plan plan = new Plan().batch(changes, made -> days.write(kept, "Line " + version + ": " + told(changes)));
        List<String> warnings = new ArrayList<>(days.warnings());
        return new Planned<>(
                plan, warnings, () -> new Result(version, LineTimeline.of(workspace, config, version, Set.of())));
    }

    private static String told(List<Change> changes) {
        return changes.stream()
                .filter(c -> c.state() == Change.State.ABSENT)
                .filter(c -> c.kind().equals("manager") || c.kind().equals("target"))
                .map(c -> c.kind() + " " + c.expected())
                .collect(Collectors.joining(", "));
    }

    private Change change(String kind, String expected, Optional<String> found) {
        String of = version.toString();
        if (found.isEmpty()) {
            return Change.absent(kind, of, expected);
        }
        return found.get().equals(expected)
                ? Change.done(kind, of, expected)
                : Change.replacing(kind, of, expected, found.get());
    }

    private Optional<Person> person(LineDays days, LineRecord before) {
        List<Person> maintainers = days.rules().maintainers();
        Optional<Person> next = Rotation.next(maintainers, days.records().all(), version);
        if (manager.isEmpty()) {
            return before.manager().isPresent() ? Optional.empty() : next;
        }
        if (maintainers.isEmpty()) {
            return Optional.of(Person.parse(manager.get()));
        }
        Person chosen = Rotation.find(maintainers, manager.get())
                .orElseThrow(() -> ReleaseException.usage("'" + Version.printable(manager.get())
                        + "' is no maintainer: expected one of those that darwin-release.yaml names on trunk ("
                        + maintainers.stream().map(Person::toString).collect(Collectors.joining(", ")) + ")."));
        boolean recorded = before.manager().equals(Optional.of(chosen.toString()));
        Optional<String> expected = before.manager().or(() -> next.map(Person::toString));
        if (!recorded && reason.isEmpty() && !expected.equals(Optional.of(chosen.toString()))) {
            throw ReleaseException.usage((before.manager().isPresent()
                            ? "The release manager of " + version + " is "
                            : "The next in turn is ")
                    + expected.orElseThrow() + ": another one is recorded with a reason (--reason TEXT).");
        }
        return Optional.of(chosen);
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ReleaseException.usage(
                    "Not a date: expected YYYY-MM-DD, found '" + Version.printable(text) + "'.", e);
        }
    }
}
