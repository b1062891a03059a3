package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads each file once for its checksum and for its signature. Memory is one buffer a thread, whatever the files' size.
 */
public final class FileHasher {
    /** Fits a core's second-level cache: the digest reads what the read has just written there. */
    private static final int BUFFER = 128 * 1024;

    private final int threads;
    private final boolean sha256;
    private final Progress progress;

    /**
     * @param threads files read at a time, 1 or more
     * @param sha256 whether SHA-256 is wanted beside SHA-512
     */
    public FileHasher(int threads, boolean sha256, Progress progress) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
        this.threads = threads;
        this.sha256 = sha256;
        this.progress = progress;
    }

    /**
     * Hashes the files, the biggest first so that no thread ends with a long one alone.
     *
     * @param trailers of the signatures to come, see {@link DetachedSigner#trailer}; asked for each file by its name, all
     *     before the first is read
     * @return one result a file, in the order given
     * @throws ReleaseException failed, when a file can't be read
     * @throws InterruptedException when interrupted; no thread goes on reading then
     */
    public List<HashedFile> hash(List<Path> files, Function<String, Optional<SigningTrailer>> trailers)
            throws InterruptedException {
        if (files.isEmpty()) {
            return List.of();
        }
        List<Optional<SigningTrailer>> asked = files.stream()
                .map(file -> trailers.apply(file.getFileName().toString()))
                .toList();
        long[] sizes = files.stream().mapToLong(FileHasher::size).toArray();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, files.size()), FileHasher::thread);
        try (Progress.Task task = progress.start(
                "Hashing " + files.size() + (files.size() == 1 ? " file" : " files"),
                IntStream.range(0, sizes.length).mapToLong(i -> sizes[i]).sum(),
                Progress.Unit.BYTES)) {
            List<Future<HashedFile>> running = new ArrayList<>();
            files.forEach(f -> running.add(null));
            IntStream.range(0, sizes.length)
                    .boxed()
                    .sorted(Comparator.comparingLong((Integer i) -> sizes[i]).reversed())
                    .forEach(i -> running.set(i, pool.submit(() -> read(files.get(i), asked.get(i), task))));
            List<HashedFile> results = new ArrayList<>();
            for (Future<HashedFile> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
            awaitEnd(pool);
        }
    }

    private HashedFile read(Path file, Optional<SigningTrailer> trailer, Progress.Task task) {
        MessageDigest big = Digest.messageDigest("sha512");
        MessageDigest small = sha256 ? Digest.messageDigest("sha256") : null;
        byte[] buffer = new byte[BUFFER];
        ByteBuffer view = ByteBuffer.wrap(buffer);
        long size = 0;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int n = in.read(view); n >= 0; n = in.read(view.clear())) {
                big.update(buffer, 0, n);
                if (small != null) {
                    small.update(buffer, 0, n);
                }
                size += n;
                task.advance(n);
            }
            byte[] signable = trailer.isPresent() ? trailer.get().finish((MessageDigest) big.clone()) : null;
            return new HashedFile(
                    file.getFileName().toString(),
                    size,
                    Digest.of("sha512", big),
                    small == null ? null : Digest.of("sha256", small),
                    signable);
        } catch (ClosedByInterruptException e) {
            throw ReleaseException.failed("Hashing " + file + " was interrupted.", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e); // the JDK's SHA-512 can
        }
    }

    private static long size(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw ReleaseException.failed("Cannot hash " + file + ": expected a file, found a folder.");
            }
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ReleaseException unreadable(Path file, IOException e) {
        return ReleaseException.failed(
                "Cannot read " + file + ": "
                        + (e instanceof NoSuchFileException ? "there is no such file." : e.getMessage()),
                e);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "darwin-hash");
        thread.setDaemon(true);
        return thread;
    }

    /** The caller may delete or change the files once we are back, so nobody may still read them. */
    private static void awaitEnd(ExecutorService pool) {
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
