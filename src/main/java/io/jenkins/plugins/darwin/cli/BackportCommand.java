package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.Backport;
import io.jenkins.plugins.darwin.release.NotNeeded;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "backport", description = "P3: picks commits of trunk onto the release branch.")
final class BackportCommand extends UseCaseCommand<Backport.Result> {
    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "COMMIT",
            description = "Commits of trunk, or branches whose heads are on trunk, in the order to pick them.")
    private List<String> commits;

    @Option(
            names = "--mainline",
            paramLabel = "PARENT",
            description =
                    "Of a merge, the number of the parent that it is picked against. Default: 1, so that all that it merged is picked.")
    private Integer mainline;

    @Option(
            names = "--not-needed",
            paramLabel = "REASON",
            description =
                    "Records that the line does without them, so that status reminds nobody of them again; picks nothing.")
    private String notNeeded;

    BackportCommand(Darwin darwin) {
        super(darwin);
    }

    @Override
    UseCase<Backport.Result> useCase(Workspace workspace, Version parsed) {
        return notNeeded == null
                ? new Backport(workspace, parsed, commits, Optional.ofNullable(mainline))
                : new NotNeeded(workspace, parsed, commits, notNeeded);
    }

    @Override
    List<String> lines(Backport.Result result) {
        return List.of(
                result.branch() + " is at " + result.commit() + ".", "Next: darwin build-rc " + result.version());
    }
}
