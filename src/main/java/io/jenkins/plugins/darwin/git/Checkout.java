package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.SymlinkTargets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a tree into a folder. */
final class Checkout {
    private Checkout() {}

    static void write(GitTree tree, Path directory, Progress progress) {
        List<GitEntry> entries = tree.list();
        Map<String, String> links = links(tree, entries);
        SymlinkTargets.requireInside(links);
        requireNothingBelow(links, entries);
        try (Progress.Task task = progress.start("Writing files", entries.size(), Progress.Unit.ITEMS)) {
            requireEmpty(Files.createDirectories(directory));
            for (GitEntry entry : entries) {
                if (entry.isFile()) {
                    file(tree, entry, directory.resolve(entry.path()));
                } else if (entry.mode() == GitEntry.Mode.GITLINK) {
                    Files.createDirectories(directory.resolve(entry.path()));
                }
                task.advance(1);
            }
            // Links last: while files are written, no folder on their way can be one, whatever the file system folds.
            for (Map.Entry<String, String> link : links.entrySet()) {
                Path path = directory.resolve(link.getKey());
                Files.createDirectories(path.getParent());
                Files.createSymbolicLink(path, Path.of(link.getValue()));
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw GitFailures.ofDisk(e)
                    .orElseGet(() -> ReleaseException.failed(
                            "Can't write the files of commit " + tree.commit().abbreviated() + " to " + directory + ": "
                                    + e.getMessage() + ".",
                            e));
        }
    }

    private static Map<String, String> links(GitTree tree, List<GitEntry> entries) {
        Map<String, String> links = new LinkedHashMap<>();
        for (GitEntry entry : entries) {
            if (entry.mode() == GitEntry.Mode.SYMLINK) {
                try (InputStream in = tree.open(entry)) {
                    links.put(entry.path(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw ReleaseException.failed("Can't read the symlink '" + entry.path() + "'.", e);
                }
            }
        }
        return links;
    }

    /** A forged tree can hold a symlink and a folder of one name. */
    private static void requireNothingBelow(Map<String, String> links, List<GitEntry> entries) {
        for (GitEntry entry : entries) {
            for (int at = entry.path().indexOf('/'); at > 0; at = entry.path().indexOf('/', at + 1)) {
                if (links.containsKey(entry.path().substring(0, at))) {
                    throw ReleaseException.refused(
                            "The file '" + entry.path() + "' lies below a symlink: the tree is forged.");
                }
            }
        }
    }

    private static void requireEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw ReleaseException.failed(
                        "The folder " + directory + " is not empty: expected a new one for the files of a commit.");
            }
        }
    }

    private static void file(GitTree tree, GitEntry entry, Path path) throws IOException {
        Files.createDirectories(path.getParent());
        try (InputStream in = tree.open(entry)) {
            Files.copy(in, path); // never onto something that is there
        }
        if (entry.mode() == GitEntry.Mode.EXECUTABLE
                && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
