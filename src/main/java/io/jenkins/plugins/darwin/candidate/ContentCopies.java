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

/** Content on its way from one registry to another, several at a time: none of it has a name yet, so no order is needed. */
public final class ContentCopies {
    private static final int AT_ONCE = 4;

    private record Copy(Repository from, Digest digest, Repository to) {}

    private final ImageCopier copier;
    private final List<Copy> copies = new ArrayList<>();
    private boolean done;

    public ContentCopies(ImageCopier copier) {
        this.copier = copier;
    }

    /** One image, index or artifact, by digest. */
    public void add(Repository from, Digest digest, Repository to) {
        copies.add(new Copy(from, digest, to));
    }

    /** Copies all of them, the first time it is called. */
    public void run() {
        if (done) {
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "darwin-promote");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            copies.forEach(c -> running.add(pool.submit(() -> copier.complete(c.from(), c.digest(), c.to()))));
            for (Future<?> one : running) {
                one.get();
            }
            done = true;
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
