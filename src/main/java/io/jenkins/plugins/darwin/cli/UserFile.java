package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that the user names. */
final class UserFile {
    private UserFile() {}

    /**
     * The whole of a small file.
     *
     * @param what begins the sentence when it can't be read, such as "The configuration x.yaml"
     * @throws ReleaseException usage, saying why it can't be read
     */
    static byte[] read(String what, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw ReleaseException.usage(what + " can't be read: " + reason(file, e) + ".", e);
        }
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "expected a file, found a folder";
        }
        if (!Files.exists(file)) {
            return "expected a file, found nothing at " + file;
        }
        return e instanceof AccessDeniedException ? "its rights don't allow it" : String.valueOf(e.getMessage());
    }
}
