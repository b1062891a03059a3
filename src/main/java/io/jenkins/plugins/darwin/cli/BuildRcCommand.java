package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.BuildCandidate;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "build-rc",
        description = "P4.1-4.3: builds the next candidate: images, archives, chart, notes, checksums.")
final class BuildRcCommand extends UseCaseCommand<BuildCandidate.Result> {
    BuildRcCommand(Darwin darwin) {
        super(darwin);
    }

    @Override
    UseCase<BuildCandidate.Result> useCase(Workspace workspace, Version parsed) {
        if (darwin().secrets().hasSigningKey()) {
            darwin().secrets().signer(); // a key that can't sign is told before anything is built
        }
        return new BuildCandidate(workspace, parsed);
    }

    @Override
    List<String> lines(BuildCandidate.Result result) {
        return List.of(
                result.tag() + " of commit " + result.commit() + " is in " + result.directory() + ".",
                "Next: darwin sign " + result.version());
    }
}
