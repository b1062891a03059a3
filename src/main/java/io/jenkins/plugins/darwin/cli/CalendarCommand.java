package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.release.LineCalendar;
import io.jenkins.plugins.darwin.release.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "calendar",
        description =
                "The days of a release, and what is late; exit code 0 also when something is. 'darwin line' sets them.")
final class CalendarCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "VERSION", description = "X.Y.Z, for example 1.3.0.")
    private String version;

    @Option(names = "--ics", paramLabel = "FILE", description = "Writes the days as a calendar file (RFC 5545).")
    private Path ics;

    private final Darwin darwin;

    CalendarCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Version parsed = Version.parse(version);
        try (Workspace workspace = darwin.workspace()) {
            LineCalendar.Result result = LineCalendar.look(workspace, parsed);
            List<String> lines = new ArrayList<>(LineCommand.timeline(parsed, result.line()));
            if (ics != null && !darwin.dryRun()) {
                write(darwin.surroundings().resolve(ics), result.ics());
                lines.add("Written: " + ics);
            }
            new Output(darwin.surroundings(), darwin.json())
                    .success(
                            "calendar",
                            version,
                            "done",
                            List.of(),
                            result.warnings(),
                            Map.of("line", result.line(), "late", result.line().late()),
                            lines);
        }
        return 0;
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "The calendar can't be written to " + file + ": " + e.getMessage() + "; name another file.", e);
        }
    }
}
