package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Content on its way from one registry to another, several at a time: none of it has a name yet, so no order is needed. */
public final class ContentCopies {
    private static final int AT_ONCE = 4;

    /** One image, index or artifact, by digest. */
    public record Copy(Repository from, Digest digest, Repository to) {}

    private final ImageCopier copier;

    public ContentCopies(ImageCopier copier) {
        this.copier = copier;
    }

    /**
     * Copies all of them.
     *
     * @param copied takes the place in the list of each that is whole where it goes, in the list's order, in this thread
     */
    public void run(List<Copy> copies, IntConsumer copied) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "darwin-promote");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            copies.forEach(c -> running.add(pool.submit(() -> copier.complete(c.from(), c.digest(), c.to()))));
            for (int i = 0; i < running.size(); i++) {
                running.get(i).get();
                copied.accept(i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReleaseException.failed(
                    "Stopped while copying content; nothing has a public name yet, run again to go on.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
