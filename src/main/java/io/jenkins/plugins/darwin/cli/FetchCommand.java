package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.candidate.RecordNotes;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.release.Fetch;
import io.jenkins.plugins.darwin.release.Located;
import io.jenkins.plugins.darwin.release.ReleaseLine;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "fetch", description = "Downloads a candidate's or release's files, proven while they arrive.")
final class FetchCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "A name (1.3.0, 1.3.0-RC1) or a place in a registry (host/path/darwin-release:1.3.0).")
    private String reference;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The folder that is made. Default: the candidate's or release's name.")
    private Path to;

    @Option(names = "--withdrawn", description = "Fetch a release although it was taken back.")
    private boolean withdrawn;

    @Mixin
    private TrustOptions trust;

    private final Darwin darwin;

    FetchCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        try (Opened opened = Opened.of(darwin, reference)) {
            Located located = new Places(darwin).find(reference, opened.workspace());
            SignatureVerifier verifier = trust.verifier(darwin, opened.workspace(), located);
            Optional<RecordNotes> notes = opened.workspace()
                    .map((Workspace w) -> ReleaseLine.of(
                                    w, located.candidate().id().version())
                            .notes());
            Path target = darwin.surroundings().resolve(to == null ? Path.of(located.name()) : to);
            Outcome<Fetch.Result> outcome = new Fetch(located, verifier, notes, target, withdrawn, darwin.progress())
                    .run(darwin.dryRun(), darwin.progress());
            new Output(darwin.surroundings(), darwin.json())
                    .outcome(
                            "fetch",
                            located.candidate().id().version().toString(),
                            outcome,
                            fetched -> List.of(fetched.candidate() + " " + fetched.digest() + ", signed by "
                                    + fetched.signedBy() + ": "
                                    + fetched.files().size() + " files in "
                                    + fetched.directory()));
        }
        return 0;
    }
}
