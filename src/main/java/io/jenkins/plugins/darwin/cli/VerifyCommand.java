package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.Proof;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.release.Verify;
import io.jenkins.plugins.darwin.release.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(name = "verify", description = "P5.2: proves that a candidate or release is what was signed.")
final class VerifyCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description =
                    "A folder (dist/1.3.0-RC1), a name (1.3.0, 1.3.0-RC1), or a place in a registry (host/path/darwin-release:1.3.0).")
    private String reference;

    @Mixin
    private TrustOptions trust;

    @Option(
            names = "--offline",
            description = "Leave out what can't be looked at here, such as the images of a folder, and say so.")
    private boolean offline;

    @Option(
            names = "--expect",
            paramLabel = "PROOF",
            converter = ProofConverter.class,
            description = "candidate (signed), voted or released. Default: released for X.Y.Z, candidate for all else.")
    private Proof expect;

    @Option(
            names = "--rebuild",
            description = "Also makes everything again that the commit decides, and compares. For a name, in a clone.")
    private boolean rebuild;

    private final Darwin darwin;

    VerifyCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    /** The words of the command line. */
    static final class ProofConverter implements ITypeConverter<Proof> {
        @Override
        public Proof convert(String word) {
            return switch (word) {
                case "candidate" -> Proof.CANDIDATE;
                case "voted" -> Proof.VOTED;
                case "released" -> Proof.RELEASED;
                default ->
                    throw new TypeConversionException("expected candidate, voted or released, found '"
                            + io.jenkins.plugins.darwin.model.Version.printable(word) + "'");
            };
        }
    }

    @Override
    public Integer call() {
        Verify.Result result =
                look(new Verify.Options(trust.given(darwin), trust.own(), offline, Optional.ofNullable(expect)));
        List<String> lines =
                new ArrayList<>(result.checks().stream().map(Output::line).toList());
        result.digest().ifPresent(d -> lines.add("Candidate digest: " + d));
        lines.add(last(result));
        new Output(darwin.surroundings(), darwin.json())
                .success("verify", null, result.passed() ? "done" : "refused", List.of(), List.of(), result, lines);
        return result.passed() ? 0 : REFUSED;
    }

    /** What was proven, and nothing more. */
    private static String last(Verify.Result result) {
        int failed = Check.failures(result.checks()).size();
        int skipped = result.skipped().size();
        String left = skipped == 0 ? "" : " Not looked at: " + skipped + (skipped == 1 ? " check." : " checks.");
        if (result.withdrawn().isPresent() && failed == 1) {
            return result.subject() + " is " + result.proved().phrase() + ", and WITHDRAWN: "
                    + result.withdrawn().get() + left;
        }
        if (failed > 0) {
            return result.subject() + " is NOT " + result.expected().phrase() + ": " + failed
                    + (failed == 1 ? " check" : " checks") + " failed." + left;
        }
        if (!result.proved().covers(result.expected())) {
            return result.subject() + " is NOT " + result.expected().phrase() + ": it is "
                    + result.proved().phrase() + "." + left;
        }
        if (!result.complete()) {
            return result.subject() + " is not wholly proven to be "
                    + result.expected().phrase() + "." + left
                    + " All that was looked at is right; --offline takes that for enough.";
        }
        return result.subject() + " is " + result.proved().phrase() + "." + left;
    }

    private Verify verify(Verify.Options options) {
        return new Verify(options, darwin.surroundings().clock(), darwin.progress());
    }

    private Verify.Result look(Verify.Options options) {
        boolean named = CandidateId.ofTag(reference).isPresent() || reference.matches("[0-9]+(\\.[0-9]+)*");
        Path folder = folder();
        if (rebuild && (!named || folder != null && Files.isDirectory(folder))) {
            throw ReleaseException.usage("Nothing to make again: --rebuild takes X.Y.Z or X.Y.Z-RCn, in a clone or with"
                    + " --repo, found '" + ForeignText.shown(reference) + "'.");
        }
        if (folder != null && Files.isDirectory(folder)) {
            return folder(folder, options);
        }
        if (named) {
            try (Workspace workspace = darwin.workspace()) {
                Verify.Result result = verify(options).named(workspace, reference);
                return rebuild ? result.with(Verify.rebuilt(workspace, reference)) : result;
            }
        }
        Places.Place place = Places.Place.parse(reference)
                .orElseThrow(() -> ReleaseException.usage(
                        "Not something to verify: expected a folder, X.Y.Z, X.Y.Z-RCn, or host/path/name:tag, found '"
                                + ForeignText.shown(reference) + "'."));
        Registry registry = Registries.open(place.location(), darwin.registriesOfTrunk());
        return verify(trunksKeys(options)).candidate(registry, place.repository(), place.tagOrDigest());
    }

    /** In a clone the images of a folder are looked at too, in the staging that trunk names. */
    private Verify.Result folder(Path folder, Verify.Options options) {
        if (offline) {
            return verify(trunksKeys(options)).folder(folder);
        }
        Optional<Workspace> clone = openedClone();
        try {
            Optional<byte[]> trusted = trust.own() ? Optional.empty() : clone.flatMap(Verify::trusted);
            return verify(new Verify.Options(
                            options.keys().or(() -> trusted), trust.own(), options.skip(), options.expected()))
                    .folder(folder, clone);
        } finally {
            clone.ifPresent(Workspace::close);
        }
    }

    private Optional<Workspace> openedClone() {
        try {
            return Optional.of(darwin.workspace());
        } catch (ReleaseException e) {
            darwin.surroundings().err().println("No repository to look at: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The keys of trunk, where there is a repository: never for want of one, which is no mistake here. */
    private Verify.Options trunksKeys(Verify.Options options) {
        if (options.keys().isPresent() || trust.own()) {
            return options;
        }
        try (Workspace workspace = darwin.workspace()) {
            return new Verify.Options(Verify.trusted(workspace), false, options.skip(), options.expected());
        } catch (ReleaseException e) {
            darwin.surroundings().err().println("No keys from a repository: " + e.getMessage());
            return options;
        }
    }

    private Path folder() {
        try {
            return darwin.surroundings().resolve(Path.of(reference));
        } catch (java.nio.file.InvalidPathException e) {
            return null;
        }
    }
}
