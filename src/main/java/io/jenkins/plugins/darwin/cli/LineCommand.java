package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.release.LineTimeline;
import io.jenkins.plugins.darwin.release.PlanLine;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "line",
        description =
                "P0: who manages a release and when it is due; without options, shows it and proposes who is next in turn.")
final class LineCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "VERSION", description = "X.Y.Z, for example 1.3.0.")
    private String version;

    @Option(
            names = "--manager",
            paramLabel = "NAME",
            description = "The release manager: a maintainer's name or mail address. Default: the next in turn.")
    private String manager;

    @Option(names = "--target", paramLabel = "DATE", description = "Day of the release, YYYY-MM-DD.")
    private String target;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description =
                    "Why another manager than the next in turn, or another day; at least 10 characters, for the record.")
    private String reason;

    private final Darwin darwin;

    LineCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Version parsed = Version.parse(version);
        boolean look = manager == null && target == null;
        if (look && reason != null) {
            throw ReleaseException.usage("A reason for nothing: expected --manager or --target beside --reason.");
        }
        try (Workspace workspace = look ? darwin.workspace() : darwin.workspaceForPush()) {
            Output output = new Output(darwin.surroundings(), darwin.json());
            if (look) {
                PlanLine.Result result = new PlanLine.Result(parsed, PlanLine.look(workspace, parsed));
                output.success(
                        "line", version, "unchanged", List.of(), result.line().warnings(), result, lines(result));
                return 0;
            }
            Outcome<PlanLine.Result> outcome = new PlanLine(
                            workspace,
                            parsed,
                            Optional.ofNullable(manager),
                            Optional.ofNullable(target),
                            Optional.ofNullable(reason))
                    .run(darwin.dryRun(), darwin.progress());
            output.outcome("line", version, outcome, LineCommand::lines);
            return 0;
        }
    }

    private static List<String> lines(PlanLine.Result result) {
        List<String> lines = new ArrayList<>(timeline(result.version(), result.line()));
        if (result.line().target().isEmpty()) {
            lines.add("Next: darwin line " + result.version() + " --target DATE");
        }
        return lines;
    }

    /** People and dates, for whoever shows a line. */
    static List<String> timeline(Version version, LineTimeline line) {
        List<String> lines = new ArrayList<>();
        lines.add("Release manager of " + version + ": "
                + line.manager()
                        .or(() -> line.proposed().map(p -> "nobody yet, next in turn is " + p))
                        .orElse("nobody yet"));
        line.days()
                .forEach(day -> lines.add(String.format(
                        Locale.ROOT,
                        "  %s  %s  %-5s %s",
                        day.date(),
                        day.phase(),
                        day.state().name().toLowerCase(Locale.ROOT),
                        day.happens())));
        line.decisions()
                .forEach(d -> lines.add(
                        "  " + d.sort().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + d.subject()
                                + (d.reason().isEmpty() ? "" : ", " + d.reason())));
        return lines;
    }
}
