package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.CutRelease;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "cut", description = "P2: makes the release branch, with the version in its files.")
final class CutCommand extends UseCaseCommand<CutRelease.Result> {
    @Option(names = "--from", paramLabel = "COMMIT", description = "A commit of trunk. Default: its head.")
    private String from;

    @Option(names = "--no-bump", description = "Go on although no file carries the version.")
    private boolean noBump;

    @Option(
            names = "--despite-freeze",
            paramLabel = "REASON",
            description = "Cut in a freeze window of trunk's calendar; the line's record keeps the reason.")
    private String despiteFreeze;

    CutCommand(Darwin darwin) {
        super(darwin);
    }

    @Override
    UseCase<CutRelease.Result> useCase(Workspace workspace, Version parsed) {
        return new CutRelease(workspace, parsed, Optional.ofNullable(from), noBump)
                .despiteFreeze(Optional.ofNullable(despiteFreeze));
    }

    @Override
    List<String> lines(CutRelease.Result result) {
        return List.of(
                result.branch() + " is at " + result.commit() + ".", "Next: darwin build-rc " + result.version());
    }
}
