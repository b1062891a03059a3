package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.CutRelease;
import io.jenkins.plugins.darwin.release.Hotfix;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "hotfix", description = "Makes a hotfix branch from the latest release of the version's line.")
final class HotfixCommand extends UseCaseCommand<CutRelease.Result> {
    @Option(
            names = "--name",
            required = true,
            paramLabel = "SLUG",
            description = "What it fixes, for example security-fix.")
    private String slug;

    @Option(names = "--no-bump", description = "Go on although no file carries the version.")
    private boolean noBump;

    HotfixCommand(Darwin darwin) {
        super(darwin);
    }

    @Override
    UseCase<CutRelease.Result> useCase(Workspace workspace, Version parsed) {
        return new Hotfix(workspace, parsed, slug, noBump);
    }

    @Override
    List<String> lines(CutRelease.Result result) {
        return List.of(
                result.branch() + " is at " + result.commit() + ".",
                "Next: put the fix there, then darwin build-rc " + result.version());
    }
}
