package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder that is gone when the work is done, failed or not. Links in it are removed, never followed. */
final class WorkFolder implements AutoCloseable {
    private final Path path;
    private final Progress progress;

    private WorkFolder(Path path, Progress progress) {
        this.path = path;
        this.progress = progress;
    }

    static WorkFolder in(Path parent, Progress progress) {
        try {
            Files.createDirectories(parent);
            return new WorkFolder(Files.createTempDirectory(parent, "images-").toAbsolutePath(), progress);
        } catch (IOException e) {
            throw ReleaseException.failed("Could not make a folder in " + parent + ": " + e.getMessage() + ".", e);
        }
    }

    Path path() {
        return path;
    }

    /** A folder in it, made when it is missing. */
    Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw ReleaseException.failed("Could not make " + path.resolve(name) + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    directory.toFile().setWritable(true); // layers hold read-only folders
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // The images are made; a folder that stays is no reason to make them again.
            progress.message("Could not remove the folder " + path + " (" + e.getMessage() + "): remove it by hand.");
        }
    }
}
