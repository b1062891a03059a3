package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The builds that this machine remembers: one small file a candidate of a repository, beside the kept mirrors. It is neither in
 * the work tree, where a branch could bring it along, nor in staging, where anybody who may push could write it.
 */
public final class BuildRecords {
    /** How a record of this machine calls itself. */
    public static final String HERE = "this machine's build-rc";

    private static final String FOLDER = "builds";

    private final Path folder;

    /**
     * @param cache folder of this machine, shared by all releases
     * @param repository address of the repository being released
     */
    public BuildRecords(Path cache, String repository) {
        this.folder = cache.resolve(FOLDER)
                .resolve(Digest.sha256(repository.getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 32));
    }

    /** @throws ReleaseException failed, when there is one that can't be read: a damaged one is no reason to believe staging */
    public Optional<BuildRecord> find(CandidateId candidate) {
        Path file = file(candidate);
        try {
            BuildRecord record = Json.read(Files.readAllBytes(file), BuildRecord.class, file.toString());
            return Optional.of(record).filter(r -> r.candidate().equals(candidate));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read the record of the build " + file + " but failed because: " + e.getMessage() + ".",
                    e);
        }
    }

    /** Remembers a build, in the place of an earlier one of that name; whole or not at all. */
    public void write(BuildRecord record) {
        Path file = file(record.candidate());
        Path part = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            try {
                Files.write(part, Json.write(record));
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to remember the build in " + file + " but failed because: " + e.getMessage()
                            + ". Free the space or mend the folder, then run again.",
                    e);
        }
    }

    private Path file(CandidateId candidate) {
        return folder.resolve(candidate + ".json");
    }
}
