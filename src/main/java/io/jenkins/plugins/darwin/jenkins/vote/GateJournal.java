package io.jenkins.plugins.darwin.jenkins.vote;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file of lines that only ever grows. A line counts once its line feed is on the disk: {@link #append} returns only
 * then, and what a crash left unfinished behind the last line feed is cut off, because nobody was told of it.
 */
final class GateJournal {
    private final Path file;

    GateJournal(Path file) {
        this.file = file;
    }

    /** @param size in bytes, all of them whole lines */
    record Content(List<String> lines, long size) {}

    /** Makes the file with its first line, all at once: it is there whole or not at all. */
    static void create(Path file, String firstLine) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                write(channel, firstLine);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(file.getParent());
            syncFolder(file.getParent().getParent());
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Reads all whole lines, and cuts off what follows the last. */
    Content read() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            if (whole < bytes.length) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(whole);
                    channel.force(true);
                }
            }
            return new Content(
                    new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList(), whole);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Its size now, in bytes. */
    long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * Adds a line, and returns when it is on the disk. Never makes the file anew: a deleted build stays deleted.
     *
     * @return the file's size then
     */
    long append(String line) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            long before = channel.size();
            try {
                write(channel, line);
            } catch (IOException e) {
                channel.truncate(before); // a full disk: half a line must not stand before the next one
                throw e;
            }
            return channel.size();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void write(FileChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** So that the name of a new file survives a power cut; Windows knows no such thing and needs none. */
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // not possible on this system
        }
    }

    private static ReleaseException failed(Path file, IOException e) {
        return ReleaseException.failed(
                e instanceof NoSuchFileException
                        ? "The vote is gone: expected its ballots in " + file + ". The build was deleted."
                        : "The ballots in " + file + " can't be read or written: " + e.getMessage()
                                + ". Nothing was counted.",
                e);
    }
}
