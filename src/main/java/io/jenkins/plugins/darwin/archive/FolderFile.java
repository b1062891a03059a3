package io.jenkins.plugins.darwin.archive;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A folder of plain files as one tar file, and back. What it holds is compressed already, so the file is not. */
public final class FolderFile {
    /** Parts of paths: what registries call their folders and blobs. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*");

    private static final int LONGEST_NAME = 1000;
    private static final int MOST_FILES = 1_000_000;

    private FolderFile() {}

    /**
     * Writes all files below the folder, sorted by path, so that the same files give the same bytes; hidden ones, such as a lock, are
     * left out.
     */
    public static void write(Path folder, OutputStream out, Instant time) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(f -> !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        try (TarGzWriter tar = TarGzWriter.uncompressed(out, time)) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    tar.file(path(folder, file), false, Files.size(file), in);
                }
            }
        }
    }

    private static String path(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Makes the files of a tar in a folder. It is a stranger's: only plain files with plain names are taken, and none twice.
     *
     * @param what names it in a message
     * @throws ReleaseException refused, for anything else in it
     */
    public static void unpack(InputStream in, Path folder, String what) throws IOException {
        int files = 0;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                if (!entry.isFile()
                        || entry.isSymbolicLink()
                        || entry.isLink()
                        || name.length() > LONGEST_NAME
                        || !NAME.matcher(name).matches()
                        || ++files > MOST_FILES) {
                    throw ReleaseException.refused(
                            what + " is not a bundle: expected plain files with plain names, found '"
                                    + ForeignText.shown(name) + "'.");
                }
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                if (Files.exists(file)) {
                    throw ReleaseException.refused(
                            what + " is not a bundle: expected each file once, found " + name + " twice.");
                }
                Files.copy(tar, file);
                if (Files.size(file) != entry.getSize()) {
                    throw ReleaseException.refused(what + " is cut off in " + name + ".");
                }
            }
        }
        if (files == 0) {
            throw ReleaseException.refused(
                    what + " is not a bundle: expected a tar file of a bundle, found nothing in it.");
        }
    }
}
