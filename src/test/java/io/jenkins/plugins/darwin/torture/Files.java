package io.jenkins.plugins.darwin.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders of one run. */
final class Files {
    private Files() {}

    static Path folder(Path path) {
        try {
            return java.nio.file.Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        if (!java.nio.file.Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = java.nio.file.Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                java.nio.file.Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
