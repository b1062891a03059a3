package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.release.BundleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Brings a bundle into a registry, after proving every byte of it; the digests stay the same.")
final class ImportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "What 'darwin bundle' wrote.")
    private Path file;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "REGISTRY",
            description = "host[:port]/path or oci-layout:DIR; the repositories keep their names below it.")
    private String to;

    @Mixin
    private TrustOptions trust;

    private final Darwin darwin;

    ImportCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Path bundle = darwin.surroundings().resolve(file);
        if (!Files.isRegularFile(bundle)) {
            throw ReleaseException.usage("No bundle to import: expected a file that 'darwin bundle' wrote, found "
                    + (Files.isDirectory(bundle) ? "a folder" : "nothing") + " at " + bundle + ".");
        }
        Registry target = Registries.open(to, darwin.registriesOfTrunk());
        try (Opened opened = Opened.of(darwin, to)) {
            BundleFile.read(
                    bundle,
                    darwin.surroundings().cache().resolve("import"),
                    target,
                    located -> trust.verifier(darwin, opened.workspace(), located),
                    darwin.registries(),
                    darwin.progress(),
                    (located, importing) -> {
                        Outcome<BundleFile.Imported> outcome = importing.run(darwin.dryRun(), darwin.progress());
                        new Output(darwin.surroundings(), darwin.json())
                                .outcome(
                                        "import",
                                        located.candidate().id().version().toString(),
                                        outcome,
                                        imported -> List.of(
                                                imported.candidate() + " " + imported.digest() + " is in " + to));
                        return outcome;
                    });
        }
        return 0;
    }
}
