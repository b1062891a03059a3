package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.Withdraw;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "withdraw",
        description = "Takes a release back in public: a signed record, latest set back; names and files stay.")
final class WithdrawCommand extends UseCaseCommand<Withdraw.Result> {
    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for whoever has it: 10 to 500 characters on one line.")
    private String reason;

    WithdrawCommand(Darwin darwin) {
        super(darwin);
    }

    @Override
    UseCase<Withdraw.Result> useCase(Workspace workspace, Version parsed) {
        return new Withdraw(workspace, parsed, reason, darwin().secrets().signer());
    }

    @Override
    List<String> lines(Withdraw.Result result) {
        return List.of(result.version() + " is withdrawn. To be announced:", "", result.announcement());
    }
}
