package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** The files of one OCI image layout (image-spec, image-layout.md). Each file appears whole or not at all. */
final class LayoutFiles {
    private static final int BUFFER = 128 * 1024;
    private static final Duration LEFT_ALONE = Duration.ofDays(1);
    private static final String VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private final Path directory;

    LayoutFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    Path blob(Digest digest) {
        return directory.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    }

    /** A directory that is there, or whose nearest parent is and lets us make it. @param action to follow "Tried to " */
    static void requireWritable(String action, Path directory) {
        Path there = directory;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there)) {
            throw Reasons.failure(action, there + " is not a directory", null);
        }
        if (!Files.isWritable(there)) {
            throw Reasons.failure(action, "we may not write to " + there, null);
        }
    }

    /** Makes the layout's own files if this is the first use, and removes what a killed process left a day ago. */
    void create(Instant now) throws IOException {
        Files.createDirectories(directory.resolve("blobs").resolve("sha256"));
        Files.createDirectories(directory.resolve("blobs").resolve("sha512"));
        if (!Files.exists(directory.resolve("oci-layout"))) {
            replace(directory.resolve("oci-layout"), VERSION.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, ".tmp-*")) {
            for (Path leftover : leftovers) {
                if (isOlderThan(leftover, now.minus(LEFT_ALONE))) {
                    Files.deleteIfExists(leftover);
                }
            }
        }
    }

    /** Another process may end with its file, and so the file itself, at any moment. */
    private static boolean isOlderThan(Path file, Instant then) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(then);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The index, an empty one while there is none. */
    ObjectNode index() throws IOException {
        Path file = directory.resolve("index.json");
        byte[] raw;
        try (InputStream in = Files.newInputStream(file)) {
            raw = in.readNBytes(Manifest.LIMIT + 1);
        } catch (NoSuchFileException e) {
            ObjectNode empty = Json.MAPPER.createObjectNode();
            empty.put("schemaVersion", 2);
            empty.put("mediaType", MediaTypes.IMAGE_INDEX);
            empty.putArray("manifests");
            return empty;
        }
        ObjectNode index = Json.object(raw, file.toString());
        if (!index.path("manifests").isArray()) {
            throw ReleaseException.failed(file + " is not an index: it has no list of manifests");
        }
        return index;
    }

    void writeIndex(ObjectNode index) throws IOException {
        replace(directory.resolve("index.json"), Json.bytes(index));
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** The bytes of a small blob; empty when it is not there. */
    Optional<byte[]> small(Digest digest) throws IOException {
        try (InputStream in = Files.newInputStream(blob(digest))) {
            return Optional.of(in.readNBytes(Manifest.LIMIT + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Stores what the stream gives; the caller has it verified. */
    void write(Path target, InputStream in, LongConsumer moved) throws IOException {
        Path temporary = directory.resolve(".tmp-" + UUID.randomUUID());
        try {
            try (OutputStream out =
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                byte[] buffer = new byte[BUFFER];
                for (int count; (count = in.read(buffer)) >= 0; ) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw ReleaseException.failed("interrupted");
                    }
                    out.write(buffer, 0, count);
                    moved.accept(count);
                }
            }
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void replace(Path target, byte[] bytes) throws IOException {
        write(target, new java.io.ByteArrayInputStream(bytes), moved -> {});
    }

    /** Another name for a blob of another layout; false where the file system can't. */
    boolean link(Digest digest, Path existing) throws IOException {
        try {
            Files.createLink(blob(digest), existing);
            return true;
        } catch (FileAlreadyExistsException e) {
            return true;
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
            return false;
        }
    }

    /** Says in plain words why the file system failed. */
    static String reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (Thread.currentThread().isInterrupted()) {
            return "interrupted";
        }
        if (message.contains("No space left") || message.contains("Disk quota")) {
            return "the disk is full (" + message + ")";
        }
        if (failure instanceof AccessDeniedException || message.contains("Read-only file system")) {
            return "we may not write there (" + message + ")";
        }
        if (failure instanceof FileAlreadyExistsException || message.contains("Not a directory")) {
            return "a file is in the way where a directory must be (" + message + ")";
        }
        return failure.getClass().getSimpleName() + " " + message;
    }
}
