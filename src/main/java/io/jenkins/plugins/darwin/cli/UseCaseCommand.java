package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that runs one use case for one version. */
abstract class UseCaseCommand<R> implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "VERSION", description = "X.Y.Z, for example 1.3.0.")
    private String version;

    /** Released, with open ends. */
    private static final int OPEN = 4;

    @Spec
    private CommandSpec spec;

    private final Darwin darwin;

    UseCaseCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    final Darwin darwin() {
        return darwin;
    }

    abstract UseCase<R> useCase(Workspace workspace, Version parsed);

    /** What people are told after the changes. */
    abstract List<String> lines(R result);

    @Override
    public final Integer call() {
        Version parsed = Version.parse(version); // before anything is opened
        try (Workspace workspace = darwin.workspaceForPush()) {
            Outcome<R> outcome = useCase(workspace, parsed).run(darwin.dryRun(), darwin.progress());
            new Output(darwin.surroundings(), darwin.json()).outcome(spec.name(), version, outcome, this::lines);
            return outcome.kind() == Outcome.Kind.OPEN ? OPEN : 0;
        }
    }
}
