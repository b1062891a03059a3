package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.SignCandidate;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "sign", description = "P4.4-4.5: signs and stages the candidate; prints the candidate digest.")
final class SignCommand extends UseCaseCommand<SignCandidate.Result> {
    SignCommand(Darwin darwin) {
        super(darwin);
    }

    @Override
    UseCase<SignCandidate.Result> useCase(Workspace workspace, Version parsed) {
        DetachedSigner signer = darwin().secrets().signer();
        return new SignCandidate(workspace, parsed, signer);
    }

    @Override
    List<String> lines(SignCandidate.Result result) {
        return List.of(
                "Candidate digest: " + result.digest(),
                "Staged at " + result.reference() + ", signed by " + result.fingerprint() + ".",
                "Next: darwin vote " + result.version() + " open");
    }
}
