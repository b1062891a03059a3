package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.archive.FolderFile;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.check.CandidateChecks;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.check.RecordChecks;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A whole candidate or release as one file, for networks without a connection: OCI layouts of every repository in a tar. It
 * needs no signature of its own: the candidate in it is signed, and names all else by digest.
 */
public final class BundleFile {
    /** What is in it and where to begin; believed in nothing. */
    private static final String INDEX = "bundle.json";

    private static final String LAYOUTS = "registry";
    private static final int LARGEST_INDEX = 1024 * 1024;

    private BundleFile() {}

    /** {@code bundle.json}. */
    record Index(int schemaVersion, String project, String repository, String name, Digest digest) {}

    /** @param bytes of the file */
    public record Written(CandidateId candidate, Digest digest, String file, long bytes) {}

    /** Writes one. */
    public static UseCase<Written> write(
            Located located, SignatureVerifier trusted, Path file, RegistryOptions options, Progress progress) {
        return () -> {
            Fetch.requireSigned(located, trusted);
            Plan plan = new Plan();
            String expected = located.reference() + " " + located.candidate().digest();
            plan.add(
                    Files.exists(file)
                            ? Change.conflict("bundle", file.toString(), expected, "a file that is there already")
                            : Change.absent("bundle", file.toString(), expected),
                    () -> make(located, trusted, file, options, progress));
            return new UseCase.Planned<>(
                    plan,
                    List.of(),
                    () -> new Written(
                            located.candidate().id(), located.candidate().digest(), file.toString(), size(file)));
        };
    }

    private static void make(
            Located located, SignatureVerifier trusted, Path file, RegistryOptions options, Progress progress) {
        Path parent = file.toAbsolutePath().getParent();
        inFolder(parent, "." + file.getFileName(), folder -> {
            Registry layouts =
                    Registries.open("oci-layout:" + folder.resolve("in").resolve(LAYOUTS), options);
            Parcel parcel = new Parcel(located, ReleaseKinds.ALL, trusted);
            parcel.plan(layouts, new ImageCopier(progress)).apply(Progress.silent());
            Parcel.Thing candidate = parcel.things().get(parcel.things().size() - 1);
            Files.write(
                    folder.resolve("in").resolve(INDEX),
                    Json.write(new Index(
                            1,
                            located.candidate().project(),
                            candidate.repository(),
                            candidate.tag(),
                            candidate.digest())));
            Path whole = folder.resolve("whole");
            try (OutputStream out = Files.newOutputStream(whole)) {
                FolderFile.write(
                        folder.resolve("in"),
                        out,
                        located.candidate().candidate().created());
            }
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw ReleaseException.failed("Tried to read " + file + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    /** A piece of work in a folder of its own, which is gone afterwards. */
    private interface Work {
        void in(Path folder) throws IOException;
    }

    private static void inFolder(Path parent, String name, Work work) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(parent, name);
            work.in(folder);
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to work in " + parent + " but failed because: " + e.getMessage() + ".", e);
        } finally {
            if (folder != null) {
                new CandidateFolder(folder).delete();
            }
        }
    }

    /** What a reader of a bundle gets. */
    public record Imported(CandidateId candidate, Digest digest, List<String> references) {}

    /** What is done with an unpacked, proven bundle. */
    public interface Importing<T> {
        T of(Located located, UseCase<Imported> importing);
    }

    /** Finds out whom to trust, once the candidate is at hand. */
    public interface Trust {
        SignatureVerifier of(Located located);
    }

    /**
     * Opens a bundle, proves everything in it, and gives it to the caller while it is open.
     *
     * @param temp folder for the unpacked files, which are gone afterwards
     * @throws ReleaseException refused, when it is not what a trusted key signed, down to the last byte
     */
    public static <T> T read(
            Path file,
            Path temp,
            Registry to,
            Trust trust,
            RegistryOptions options,
            Progress progress,
            Importing<T> importing) {
        List<T> result = new ArrayList<>();
        try {
            Files.createDirectories(temp);
        } catch (IOException e) {
            throw ReleaseException.failed("Tried to make " + temp + " but failed because: " + e.getMessage() + ".", e);
        }
        inFolder(temp, "import", folder -> {
            try (InputStream in = Files.newInputStream(file)) {
                FolderFile.unpack(in, folder, file.getFileName().toString());
            }
            Located located = locate(folder, file, options);
            SignatureVerifier trusted = trust.of(located);
            requireWhole(located, trusted, progress);
            result.add(importing.of(located, importing(located, trusted, to, progress)));
        });
        return result.get(0);
    }

    private static Located locate(Path folder, Path file, RegistryOptions options) throws IOException {
        Path index = folder.resolve(INDEX);
        if (!Files.isRegularFile(index) || Files.size(index) > LARGEST_INDEX) {
            throw ReleaseException.refused(
                    file.getFileName() + " is not a bundle: expected " + INDEX + " in it, found none.");
        }
        Index read = Json.read(Files.readAllBytes(index), Index.class, INDEX);
        Located located = Located.at(
                Registries.open("oci-layout:" + folder.resolve(LAYOUTS), options), read.repository(), read.name());
        if (!located.candidate().digest().equals(read.digest())) {
            throw ReleaseException.refused(
                    file.getFileName() + " contradicts itself: expected " + read.name() + " to be " + read.digest()
                            + ", found " + located.candidate().digest() + ".");
        }
        return located;
    }

    private static void requireWhole(Located located, SignatureVerifier trusted, Progress progress) {
        List<Check> checks = new ArrayList<>(CandidateChecks.all(
                located.candidate(), located.registry(), ReleaseKinds.ALL, located.released(), trusted, progress));
        checks.addAll(Verify.names(ReleaseKinds.ALL, located.candidate(), located.registry(), located.released()));
        Optional<Check> vote =
                RecordChecks.vote(located.store(), located.candidate(), trusted, Optional.empty(), located.released());
        vote.filter(v -> located.released()).ifPresent(checks::add);
        List<Check> failures = Check.failures(checks);
        if (!failures.isEmpty()) {
            throw ReleaseException.refused("Nothing was imported, because " + located.name()
                    + " in the bundle is not what was signed: "
                    + failures.stream()
                            .map(c -> c.name() + " of " + c.subject() + ": " + c.detail())
                            .collect(Collectors.joining("; "))
                    + ".");
        }
    }

    private static UseCase<Imported> importing(
            Located located, SignatureVerifier trusted, Registry to, Progress progress) {
        return () -> {
            Parcel parcel = new Parcel(located, ReleaseKinds.ALL, trusted);
            return new UseCase.Planned<>(
                    parcel.plan(to, new ImageCopier(progress)),
                    List.of(),
                    () -> new Imported(
                            located.candidate().id(),
                            located.candidate().digest(),
                            parcel.things().stream()
                                    .map(t -> to.repository(t.repository()).reference() + ":" + t.tag())
                                    .toList()));
        };
    }
}
