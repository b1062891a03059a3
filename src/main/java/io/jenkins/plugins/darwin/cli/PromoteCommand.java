package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.release.PolicyCheck;
import io.jenkins.plugins.darwin.release.Promote;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "promote", description = "P6: gives the voted digests their public names.")
final class PromoteCommand extends UseCaseCommand<Promote.Result> {
    @Option(
            names = "--candidate",
            paramLabel = "NAME",
            description =
                    "X.Y.Z-RCn or a candidate digest, when it is not the newest candidate that is to be released.")
    private String candidate;

    @Option(
            names = "--accept-policy",
            paramLabel = "REASON",
            description =
                    "Promote although the vote was held under a weaker policy than trunk's; the record keeps the reason.")
    private String acceptPolicy;

    @Option(
            names = "--despite-freeze",
            paramLabel = "REASON",
            description = "Promote in a freeze window of trunk's calendar; the line's record keeps the reason.")
    private String despiteFreeze;

    PromoteCommand(Darwin darwin) {
        super(darwin);
    }

    @Override
    UseCase<Promote.Result> useCase(Workspace workspace, Version parsed) {
        return new Promote(
                        workspace,
                        parsed,
                        darwin().secrets().signer(),
                        new Promote.Options(
                                Optional.ofNullable(candidate),
                                List.of(),
                                PolicyCheck.trunks().accepting(Optional.ofNullable(acceptPolicy))))
                .despiteFreeze(Optional.ofNullable(despiteFreeze));
    }

    @Override
    List<String> lines(Promote.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.candidate() + " (" + result.digest() + ") is " + result.version() + ", tag " + result.tag()
                + ":");
        result.urls().forEach(u -> lines.add("  " + u));
        return lines;
    }
}
