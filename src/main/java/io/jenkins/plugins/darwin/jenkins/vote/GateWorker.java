package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** The few threads that open and close gates, however many gates wait; none is kept while nothing happens. */
final class GateWorker {
    private static final Logger LOGGER = Logger.getLogger(GateWorker.class.getName());
    private static final int THREADS = 8;
    private static final int MOST_ASIDE = 1_000;
    private static final ThreadPoolExecutor POOL = pool(THREADS, Integer.MAX_VALUE);
    /** Apart, for a Git server that does not answer must keep no other vote from closing. */
    private static final ThreadPoolExecutor OPENING = pool(THREADS / 2, Integer.MAX_VALUE);
    /** For what may be slow and nobody waits for: other people's servers. */
    private static final ThreadPoolExecutor ASIDE = pool(2, MOST_ASIDE);

    private GateWorker() {}

    private static ThreadPoolExecutor pool(int threads, int mostWaiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(mostWaiting), task -> {
                    Thread thread = new Thread(task, "Darwin vote gates");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Runs as Jenkins itself, soon. */
    static void submit(Runnable task) {
        run(POOL, task);
    }

    /** Clones, and asks registries for the first time. */
    static void opening(Runnable task) {
        run(OPENING, task);
    }

    /** @return false when too much waits already, and this is left out */
    static boolean aside(Runnable task) {
        try {
            run(ASIDE, task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void run(ThreadPoolExecutor pool, Runnable task) {
        pool.execute(() -> {
            try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
                task.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "A vote gate failed in a way that nobody foresaw", e);
            }
        });
    }

    /** On the timer's own thread, so no more than {@link #submit} something. */
    static ScheduledFuture<?> later(Runnable task, long millis) {
        return Timer.get().schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
