package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.release.VersionAdvice;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "next", description = "The version to take after the commits since the last release, and why.")
final class NextCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "One that you have in mind: whether it is enough.")
    private String version;

    private final Darwin darwin;

    NextCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Optional<Version> asked = Optional.ofNullable(version).map(Version::parse);
        try (Workspace workspace = darwin.workspace()) {
            VersionAdvice.Result advice =
                    asked.map(v -> VersionAdvice.of(workspace, v)).orElseGet(() -> VersionAdvice.next(workspace));
            boolean refused =
                    advice.fault().isPresent() && workspace.trunkConfig().semver() == ReleaseConfig.Semver.REFUSE;
            List<String> lines = new ArrayList<>();
            lines.add(asked.filter(v -> advice.fault().isEmpty())
                    .map(v -> v + " is enough.")
                    .or(advice::fault)
                    .orElse(advice.proposed().toString()));
            if (asked.isEmpty()) {
                lines.add(advice.why());
            }
            new Output(darwin.surroundings(), darwin.json())
                    .success(
                            "next",
                            asked.orElse(advice.proposed()).toString(),
                            refused ? "refused" : "done",
                            List.of(),
                            asked.isPresent() && !refused
                                    ? List.copyOf(advice.fault().stream().toList())
                                    : List.of(),
                            advice,
                            lines);
            return refused ? REFUSED : 0;
        }
    }
}
