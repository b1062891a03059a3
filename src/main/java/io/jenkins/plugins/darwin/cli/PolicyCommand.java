package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.release.JudgeBranch;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "policy",
        description = "P3: judges every commit on the release branch since the cut: the bump, or a fix that trunk has.")
final class PolicyCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Parameters(index = "0", paramLabel = "VERSION", description = "X.Y.Z, for example 1.3.0.")
    private String version;

    @Option(
            names = "--range",
            paramLabel = "A..B",
            description =
                    "Judges these commits instead, such as a pull request's: branches or commits; ..B for what B has beyond the release branch.")
    private String range;

    private final Darwin darwin;

    PolicyCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Version parsed = Version.parse(version);
        try (Workspace workspace = darwin.workspace()) {
            JudgeBranch.Result result =
                    range == null ? JudgeBranch.of(workspace, parsed) : JudgeBranch.ofRange(workspace, parsed, range);
            new Output(darwin.surroundings(), darwin.json())
                    .success(
                            "policy",
                            version,
                            result.refused() ? "refused" : "done",
                            List.of(),
                            List.of(),
                            result,
                            lines(result));
            return result.refused() ? REFUSED : 0;
        }
    }

    private static List<String> lines(JudgeBranch.Result result) {
        List<String> lines = new ArrayList<>();
        result.checks().stream().map(Output::line).forEach(lines::add);
        long wrong = result.commits().stream().filter(c -> !c.open().isEmpty()).count();
        lines.add(result.branch() + " at " + result.head() + ": "
                + result.commits().size()
                + (result.commits().size() == 1 ? " commit" : " commits") + " since the cut, " + wrong
                + " that may not be there; policy " + result.policy() + ".");
        return lines;
    }
}
