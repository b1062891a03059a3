package io.jenkins.plugins.darwin.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
                    .success(
                            "status",
                            version,
                            "unchanged",
                            List.of(),
                            status.warnings(),
                            new Shown(result, next(result)),
                            lines(result));
        }
        return 0;
    }

    /** The result as data, and what to do in words. */
    private record Shown(@JsonUnwrapped Status.Result result, String next) {}

    private static String next(Status.Result result) {
        if (result.withdrawn().isPresent()) {
            return "tell whoever has it, and release another version";
        }
        if (result.phase() == Status.Phase.RELEASED) {
            return result.open().isEmpty()
                    ? "nothing; 'darwin verify " + result.version() + "' shows that it stands"
                    : "settle what is open, then " + Advice.words(result.next()) + " to see it settled";
        }
        return (result.phase() == Status.Phase.VOTE_FAILED && result.next().size() > 1 ? "fix on trunk, then " : "")
                + Advice.words(result.next());
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
        result.withdrawn().ifPresent(w -> lines.add("  WITHDRAWN: " + w));
        result.open()
                .forEach(c -> lines.add("  open: " + c.kind() + " " + c.target() + ": "
                        + c.found().orElse("not there")));
        result.timeline()
                .ifPresent(t -> LineCommand.timeline(result.version(), t).forEach(l -> lines.add("  " + l)));
        result.missing()
                .forEach(m -> lines.add("  lacks " + m.commit().abbreviated() + " " + m.subject() + " (darwin backport "
                        + result.version() + " " + m.commit().abbreviated() + ")"));
        lines.add("Next: " + next(result));
        return lines;
    }
}
