package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.release.BundleFile;
import io.jenkins.plugins.darwin.release.Located;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bundle",
        description = "A candidate or release in one file: candidate, images, charts, records, evidence.")
final class BundleCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "A name (1.3.0, 1.3.0-RC1) or a place in a registry (host/path/darwin-release:1.3.0).")
    private String reference;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The file that is made; it must not exist.")
    private Path output;

    @Mixin
    private TrustOptions trust;

    private final Darwin darwin;

    BundleCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        try (Opened opened = Opened.of(darwin, reference)) {
            Located located = new Places(darwin).find(reference, opened.workspace());
            SignatureVerifier verifier = trust.verifier(darwin, opened.workspace(), located);
            Outcome<BundleFile.Written> outcome = BundleFile.write(
                            located,
                            verifier,
                            darwin.surroundings().resolve(output),
                            darwin.registries(),
                            darwin.progress())
                    .run(darwin.dryRun(), darwin.progress());
            new Output(darwin.surroundings(), darwin.json())
                    .outcome(
                            "bundle",
                            located.candidate().id().version().toString(),
                            outcome,
                            written -> List.of(written.file() + ": " + written.bytes()
                                    + " bytes. There: darwin import " + output.getFileName()
                                    + " --to HOST/PATH --keys KEYS"));
        }
        return 0;
    }
}
