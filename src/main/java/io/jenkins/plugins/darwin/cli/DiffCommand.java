package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.release.Difference;
import io.jenkins.plugins.darwin.release.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "What two candidates or releases differ in: commits, files, images by layer, packages.")
final class DiffCommand implements Callable<Integer> {
    private static final int SHOWN_COMMITS = 50;

    @Parameters(index = "0", paramLabel = "A", description = "X.Y.Z, X.Y.Z-RCn, or host/path/name:tag.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "The one to compare with it, named likewise.")
    private String second;

    @Mixin
    private TrustOptions trust;

    private final Darwin darwin;

    DiffCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        try (Opened opened = Opened.of(darwin, Located.isName(first) ? first : second)) {
            Places places = new Places(darwin);
            Located a = places.find(first, opened.workspace());
            Located b = places.find(second, opened.workspace());
            List<String> warnings = new ArrayList<>();
            Difference.Result result = Difference.of(a, b, opened.workspace(), keys(opened, b, warnings));
            new Output(darwin.surroundings(), darwin.json())
                    .success(
                            "diff",
                            b.candidate().id().version().toString(),
                            "unchanged",
                            List.of(),
                            warnings,
                            result,
                            lines(result));
        }
        return 0;
    }

    /** Only packages want keys; all else is compared without. */
    private Optional<SignatureVerifier> keys(Opened opened, Located located, List<String> warnings) {
        try {
            return Optional.of(trust.verifier(darwin, opened.workspace(), located));
        } catch (ReleaseException e) {
            warnings.add("Packages are not compared: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> lines(Difference.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.a().name() + " " + result.a().digest().abbreviated() + " -> "
                + result.b().name() + " " + result.b().digest().abbreviated());
        lines.add("Commits: " + result.commits().size() + " more"
                + (result.gone() == 0 ? "" : ", " + result.gone() + " of the first are not in the second"));
        result.commits().stream()
                .limit(SHOWN_COMMITS)
                .forEach(c -> lines.add("  " + c.id().substring(0, 12) + " " + c.subject() + " (" + c.author() + ")"));
        lines.add("Contents:");
        result.contents()
                .forEach(i -> lines.add("  " + i.state() + "  " + i.name()
                        + i.from().map(f -> " " + f).orElse("")
                        + i.to().filter(t -> !i.from().equals(Optional.of(t)))
                                .map(t -> " -> " + t)
                                .orElse("")
                        + " bytes"));
        result.images()
                .forEach(i -> lines.add("  layers of " + i.image() + ": " + i.same() + " the same, "
                        + i.added().size() + " new (" + i.addedBytes() + " bytes), "
                        + i.removed().size() + " gone"));
        result.packages()
                .ifPresentOrElse(
                        all -> {
                            lines.add("Packages: " + all.size() + (all.size() == 1 ? " differs" : " differ"));
                            all.forEach(p -> lines.add("  " + p.name() + " "
                                    + p.from().orElse("(new)") + " -> " + p.to().orElse("(gone)")));
                        },
                        () -> lines.add("Packages: not known; both need a bill of materials (attest --type sbom)"));
        return lines;
    }
}
