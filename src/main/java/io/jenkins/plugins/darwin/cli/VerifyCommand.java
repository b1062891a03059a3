package io.jenkins.plugins.darwin.cli;

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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "verify", description = "P5.2: proves that a candidate or release is what was signed.")
final class VerifyCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description =
                    "A folder (dist/1.3.0-RC1), a name (1.3.0, 1.3.0-RC1), or a place in a registry (host/path/darwin-release:1.3.0).")
    private String reference;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Public keys that you trust. Default: KEYS of the repository's trunk.")
    private Path keys;

    private final Darwin darwin;

    VerifyCommand(Darwin darwin) {
        this.darwin = darwin;
    }

    @Override
    public Integer call() {
        Verify verify = new Verify(
                Optional.ofNullable(keys).map(this::read), darwin.surroundings().clock(), darwin.progress());
        Verify.Result result = look(verify);
        List<String> lines =
                new ArrayList<>(result.checks().stream().map(Output::line).toList());
        result.digest().ifPresent(d -> lines.add("Candidate digest: " + d));
        long failed = result.checks().stream()
                .filter(c -> c.state() == io.jenkins.plugins.darwin.check.Check.State.FAILED)
                .count();
        lines.add(result.subject()
                + (result.passed()
                        ? " is what was signed."
                        : " is NOT what was signed: " + failed + " checks failed."));
        new Output(darwin.surroundings(), darwin.json())
                .success("verify", null, result.passed() ? "done" : "refused", List.of(), List.of(), result, lines);
        return result.passed() ? 0 : REFUSED;
    }

    private Verify.Result look(Verify verify) {
        Path folder = folder();
        if (folder != null && Files.isDirectory(folder)) {
            return verify.folder(folder);
        }
        if (CandidateId.ofTag(reference).isPresent() || reference.matches("[0-9]+(\\.[0-9]+)*")) {
            try (Workspace workspace = darwin.workspace()) {
                return verify.named(workspace, reference);
            }
        }
        int at = reference.indexOf('@');
        int name = reference.lastIndexOf('/', at < 0 ? reference.length() : at);
        int tag = at < 0 ? reference.indexOf(':', Math.max(name, 0)) : at;
        if (name <= 0 || tag < 0) {
            throw ReleaseException.usage(
                    "Not something to verify: expected a folder, X.Y.Z, X.Y.Z-RCn, or host/path/name:tag, found '"
                            + ForeignText.shown(reference) + "'.");
        }
        Registry registry = Registries.open(reference.substring(0, name), darwin.registriesOfTrunk());
        return verify.candidate(registry, reference.substring(name + 1, tag), reference.substring(tag + 1));
    }

    private Path folder() {
        try {
            return darwin.surroundings().resolve(Path.of(reference));
        } catch (java.nio.file.InvalidPathException e) {
            return null;
        }
    }

    private byte[] read(Path file) {
        return UserFile.read("The file of keys " + file, darwin.surroundings().resolve(file));
    }
}
