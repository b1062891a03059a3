package io.jenkins.plugins.darwin.archive;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes one file of a candidate, hashing it in the same pass. The file appears under its name only when it is whole: a
 * run that stops in the middle leaves nothing that looks like an artifact.
 */
public final class ArtifactFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private ArtifactFile() {}

    /** Writes the content. What it throws ends the writing and leaves no file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, replacing one of that name.
     *
     * @param target its last part is the artifact's name; the folder is created
     * @throws ReleaseException failed, when the file can't be written (a full disk, a folder that is read-only)
     */
    public static Candidate.Artifact write(Path target, String mediaType, Content content) {
        String name = target.getFileName().toString();
        Path part = target.resolveSibling("." + name + ".part");
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            try {
                HashingOutputStream hashing;
                try (OutputStream out = Files.newOutputStream(part)) {
                    hashing = new HashingOutputStream(out);
                    OutputStream buffered = new BufferedOutputStream(hashing, BUFFER_BYTES);
                    content.writeTo(buffered);
                    buffered.flush();
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return hashing.artifact(name, mediaType);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Could not write " + target + ": " + e.getMessage()
                            + ". No file was left; free the space or mend the folder, then run again.",
                    e);
        }
    }
}
