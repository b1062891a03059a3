package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Keeps everyone else, in this process and in others, from changing one layout. */
final class LayoutLock implements AutoCloseable {
    private static final long WAIT_MILLIS = 60_000;
    /**
     * File locks belong to the whole JVM, and closing any channel of the file lets go of them; so the JVM's threads take
     * turns here before they open it. Shared by all layouts, chosen by path: no more than a little waiting in vain.
     */
    private static final ReentrantLock[] TURNS =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    private final ReentrantLock turn;
    private final FileChannel channel;

    private LayoutLock(ReentrantLock turn, FileChannel channel) {
        this.turn = turn;
        this.channel = channel;
    }

    /** Waits for its turn, at most a minute. */
    static LayoutLock take(Path directory) throws IOException {
        ReentrantLock turn = TURNS[Math.floorMod(directory.hashCode(), TURNS.length)];
        try {
            if (!turn.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw busy(directory);
            }
            try {
                return new LayoutLock(turn, open(directory));
            } catch (IOException | RuntimeException | InterruptedException e) {
                turn.unlock();
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReleaseException.failed("interrupted", e);
        }
    }

    private static FileChannel open(Path directory) throws IOException, InterruptedException {
        FileChannel channel =
                FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (long waited = 0; waited < WAIT_MILLIS; waited += 10) {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
                Thread.sleep(10);
            }
            throw busy(directory);
        } catch (IOException | RuntimeException | InterruptedException e) {
            channel.close();
            throw e;
        }
    }

    private static ReleaseException busy(Path directory) {
        return ReleaseException.failed(
                "another process has had " + directory.resolve(".lock") + " locked for a minute");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            turn.unlock();
        }
    }
}
