package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.release.Preflight;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "preflight", description = "P0.2: looks for what would stop the release, all problems at once.")
final class PreflightCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Parameters(index = "0", paramLabel = "VERSION", description = "X.Y.Z, for example 1.3.0.")
    private String version;

    private final Darwin darwin;

    PreflightCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Version parsed = Version.parse(version);
        try (Workspace workspace = darwin.workspaceForPush()) {
            List<Check> checks = new Preflight(workspace, parsed)
                    .run(darwin.secrets()::signer).stream()
                            .map(check -> check.withDetail(Advice.after(check.detail(), check.next())))
                            .toList();
            boolean good = checks.stream().noneMatch(c -> c.state() == Check.State.FAILED);
            new Output(darwin.surroundings(), darwin.json())
                    .success(
                            "preflight",
                            version,
                            good ? "done" : "refused",
                            List.of(),
                            List.of(),
                            Map.of("checks", checks),
                            checks.stream().map(Output::line).toList());
            return good ? 0 : REFUSED;
        }
    }
}
