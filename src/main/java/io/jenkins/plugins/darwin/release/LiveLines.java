package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that is under way or supported: branches that are not released yet, and lines of releases. */
public final class LiveLines {
    /** A release branch lives one to two weeks (process document, Branching Strategy). */
    private static final Duration OLD = Duration.ofDays(14);

    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    /**
     * A branch on its way to a release.
     *
     * @param since when its first own commit was made
     * @param old whether it is older than two weeks, and has no candidate
     * @param missing fixes of trunk that it has not
     */
    public record Branch(
            Version version,
            String branch,
            CommitId head,
            Optional<Instant> since,
            boolean old,
            Optional<String> manager,
            Optional<LocalDate> target,
            List<Radar.Missing> missing) {}

    /**
     * Releases of one X.Y.
     *
     * @param supportEnds day after which nobody promised fixes; empty where nobody promised any
     */
    public record Line(
            String line, Version last, Instant released, Optional<LocalDate> supportEnds, boolean supported) {}

    /** @param warnings what could not be seen */
    public record Result(
            List<Branch> branches,
            List<Line> lines,
            @com.fasterxml.jackson.annotation.JsonIgnore List<String> warnings) {}

    private final Workspace workspace;
    private final ReleaseConfig config;
    private final List<String> warnings = new ArrayList<>();

    private LiveLines(Workspace workspace) {
        this.workspace = workspace;
        this.config = workspace.trunkConfig();
    }

    public static Result look(Workspace workspace) {
        LiveLines lines = new LiveLines(workspace);
        return new Result(lines.branches(), lines.lines(), lines.warnings);
    }

    private List<Branch> branches() {
        List<Branch> found = new ArrayList<>();
        workspace
                .git()
                .branches()
                .forEach((name, head) -> version(name)
                        .filter(v -> workspace.tagged(v).isEmpty())
                        .ifPresent(v -> {
                            try {
                                found.add(branch(v, name, head));
                            } catch (ReleaseException e) {
                                warnings.add(name + ": " + e.getMessage());
                            }
                        }));
        found.sort(Comparator.comparing(Branch::version));
        return found;
    }

    /** The version that a branch is for, by its name. */
    private Optional<Version> version(String branch) {
        Matcher m = NUMBER.matcher(branch);
        while (m.find()) {
            Version version;
            try {
                version = Version.parse(m.group());
            } catch (ReleaseException e) {
                continue; // 01.2.3
            }
            if (branch.equals(workspace.names().branch(version)) || branch.startsWith("hotfix/" + version + "-")) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private Branch branch(Version version, String name, CommitId head) {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        List<CommitInfo> own = workspace.git().log(Optional.of(line.trunk()), head);
        Optional<Instant> since = own.stream().map(CommitInfo::committerTime).min(Comparator.naturalOrder());
        boolean aged = since.filter(s -> s.isBefore(workspace.clock().instant().minus(OLD)))
                .isPresent();
        LineTimeline timeline = PlanLine.look(workspace, version);
        warnings.addAll(timeline.warnings());
        return new Branch(
                version,
                name,
                head,
                since,
                aged && !hasCandidate(line),
                timeline.manager(),
                timeline.target(),
                Radar.of(workspace, line));
    }

    private boolean hasCandidate(ReleaseLine line) {
        try {
            return !line.signedCandidates(Optional.empty()).all().isEmpty()
                    || !line.candidates().built(line.version()).isEmpty();
        } catch (ReleaseException e) {
            warnings.add("Whether " + line.version() + " has a candidate can't be seen: " + e.getMessage());
            return true; // nothing is said that was not seen
        }
    }

    private List<Line> lines() {
        Map<String, List<Version>> byLine = new TreeMap<>();
        workspace
                .versions()
                .forEach(v -> byLine.computeIfAbsent(v.major() + "." + v.minor(), k -> new ArrayList<>())
                        .add(v));
        LocalDate today = new LineDays(workspace, config).today();
        List<Line> lines = new ArrayList<>();
        byLine.forEach((name, versions) -> {
            versions.sort(Comparator.naturalOrder());
            Version last = versions.get(versions.size() - 1);
            Optional<LocalDate> ends = config.process()
                    .schedule()
                    .supportMonths()
                    .map(months -> LocalDate.ofInstant(
                                    released(versions.get(0)),
                                    config.process().schedule().zone())
                            .plusMonths(months));
            lines.add(new Line(
                    name,
                    last,
                    released(last),
                    ends,
                    ends.map(end -> !end.isBefore(today)).orElse(false)));
        });
        lines.sort(Comparator.comparing(Line::last).reversed());
        return lines;
    }

    /** The commit's time: a tag of a light sort has none. */
    private Instant released(Version version) {
        return workspace
                .tagged(version)
                .map(TagRef::commit)
                .map(c -> workspace.git().info(c).committerTime())
                .orElseThrow();
    }
}
