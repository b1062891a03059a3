package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.release.Attest;
import io.jenkins.plugins.darwin.release.Located;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attest",
        description = "Puts evidence on a candidate or release: a signed statement on its digest, made of a file.")
final class AttestCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "A name (1.3.0-RC1, 1.3.0) or a place in a registry (host/path/darwin-release:1.3.0-RC1).")
    private String reference;

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE",
            description =
                    "provenance (SLSA v1), sbom (CycloneDX JSON), junit, sarif, load, health, rebuild, upgrade, licence, json, or the address of a predicate type.")
    private String type;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "What is stated; kept beside the statement with its signature.")
    private Path file;

    @Option(
            names = "--digest",
            paramLabel = "DIGEST",
            description = "The candidate digest that is meant; another one is refused.")
    private String digest;

    @Option(
            names = "--commit",
            paramLabel = "SHA",
            description = "The commit that the file was found out on; a candidate of another one is refused.")
    private String commit;

    private final Darwin darwin;

    AttestCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Optional<Digest> meant = Optional.ofNullable(digest).map(AttestCommand::digest);
        if (commit != null && !commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            throw ReleaseException.usage("Not a commit: expected 40 or 64 hex digits after --commit.");
        }
        byte[] content = UserFile.read("The file " + file, darwin.surroundings().resolve(file));
        Attest.Claim claim =
                new Attest.Claim(type, file.getFileName().toString(), content, meant, Optional.ofNullable(commit));
        DetachedSigner signer = darwin.secrets().signer();
        try (Workspace workspace = darwin.workspace()) {
            Located located = new Places(darwin).find(reference, Optional.of(workspace));
            Outcome<Attest.Result> outcome =
                    new Attest(workspace, located, claim, signer).run(darwin.dryRun(), darwin.progress());
            new Output(darwin.surroundings(), darwin.json())
                    .outcome(
                            "attest",
                            located.candidate().id().version().toString(),
                            outcome,
                            result -> List.of(result.type() + " on " + result.candidate() + ": " + result.state() + ", "
                                    + result.summary()));
        }
        return 0;
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (ReleaseException e) {
            throw ReleaseException.usage(e.getMessage());
        }
    }
}
