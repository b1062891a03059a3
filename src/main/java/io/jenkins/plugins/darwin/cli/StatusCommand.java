package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.release.Status;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Where the release stands, from Git and the registries alone.")
final class StatusCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "VERSION", description = "X.Y.Z, for example 1.3.0.")
    private String version;

    private final Darwin darwin;

    StatusCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Version parsed = Version.parse(version);
        try (Workspace workspace = darwin.workspace()) {
            Status status = new Status(workspace, parsed);
            Status.Result result = status.look();
            new Output(darwin.surroundings(), darwin.json())
                    .success("status", version, "unchanged", List.of(), status.warnings(), result, lines(result));
        }
        return 0;
    }

    private static List<String> lines(Status.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.version() + ": "
                + result.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        result.branch()
                .ifPresent(b -> lines.add("  " + b + " at " + result.head().orElseThrow()));
        result.candidates().forEach(c -> {
            lines.add("  " + c.candidate() + " of " + c.commit().abbreviated()
                    + c.digest().map(d -> " " + d).orElse(" not signed")
                    + c.vote().map(v -> ", vote " + v).orElse(""));
            c.evidence()
                    .forEach(e -> lines.add("    evidence: " + e.type() + " " + e.state()
                            + (e.summary().isEmpty() ? "" : ", " + e.summary()) + ", by " + e.by()));
            c.missing().forEach(m -> lines.add("    missing evidence: " + m));
        });
        result.tag().ifPresent(t -> lines.add("  tag " + t));
        result.open()
                .forEach(c -> lines.add("  open: " + c.kind() + " " + c.target() + ": "
                        + c.found().orElse("not there")));
        lines.add("Next: " + result.next());
        return lines;
    }
}
