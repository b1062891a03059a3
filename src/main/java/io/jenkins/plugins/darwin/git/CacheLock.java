package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Keeps a folder for one user at a time, in this process or any other. The operating system drops it when its process
 * dies, so nothing is left behind by a kill.
 */
final class CacheLock implements AutoCloseable {
    /** Longer than any step takes that holds a copy; a longer wait means that something hangs. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private static final long FIRST_PAUSE_MS = 10;
    private static final long LONGEST_PAUSE_MS = 250;

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    static CacheLock take(Path file, String what, Progress progress) throws IOException {
        return take(file, what, progress, LONGEST_WAIT);
    }

    static CacheLock take(Path file, String what, Progress progress, Duration longest) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long deadline = System.nanoTime() + longest.toNanos();
            for (long pause = FIRST_PAUSE_MS; !tryLock(channel); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
                if (pause == FIRST_PAUSE_MS) {
                    progress.message("Waiting for another run that uses the copy of " + what + ".");
                }
                if (System.nanoTime() > deadline) {
                    throw ReleaseException.failed("Another run has held the copy of " + what + " for "
                            + longest.toSeconds() + " seconds: end it, and run again.");
                }
                Thread.sleep(pause);
            }
            return new CacheLock(channel);
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw ReleaseException.failed("Interrupted while waiting for the copy of " + what + ".", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held inside this JVM, perhaps by another class loader's copy of us
        }
    }

    @Override
    public void close() throws IOException {
        channel.close(); // releases the lock; the file stays, for removing it would let two in
    }
}
