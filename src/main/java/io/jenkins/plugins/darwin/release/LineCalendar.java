package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.schedule.IcsWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The days of a release for people and their calendars. */
public final class LineCalendar {
    /** @param ics the days as a calendar file, RFC 5545 */
    public record Result(LineTimeline line, String ics, List<String> warnings) {}

    private LineCalendar() {}

    /** @throws ReleaseException refused, when the line has no days yet */
    public static Result look(Workspace workspace, Version version) {
        List<String> warnings = new ArrayList<>();
        LineTimeline line = timeline(workspace, version, warnings)
                .filter(t -> t.target().isPresent())
                .orElseThrow(() -> ReleaseException.refused(
                        "The line " + version + " has no days yet.", Next.of(Next.Act.PLAN_LINE, version)));
        Map<Milestone, LocalDate> dates = new EnumMap<>(Milestone.class);
        line.days().forEach(d -> dates.put(d.milestone(), d.date()));
        String title = workspace.trunkConfig().project() + " " + version;
        String details = "Release manager: " + line.manager().orElse("nobody yet");
        Instant written = workspace
                .git()
                .notes(io.jenkins.plugins.darwin.schedule.LineRecords.REF)
                .map(c -> workspace.git().info(c).committerTime())
                .orElse(workspace.clock().instant());
        return new Result(line, IcsWriter.write(title, details, dates, written), warnings);
    }

    /** What is done is seen in Git and the registry; where that is not reached, the days are shown all the same. */
    private static Optional<LineTimeline> timeline(Workspace workspace, Version version, List<String> warnings) {
        try {
            Status status = new Status(workspace, version);
            Optional<LineTimeline> line = status.look().timeline();
            warnings.addAll(status.warnings());
            return line;
        } catch (ReleaseException e) {
            warnings.add("What is done can't be seen, so days of the past show as late: " + e.getMessage());
            LineTimeline line = LineTimeline.of(workspace, workspace.trunkConfig(), version, Set.of());
            warnings.addAll(line.warnings());
            return Optional.of(line);
        }
    }
}
