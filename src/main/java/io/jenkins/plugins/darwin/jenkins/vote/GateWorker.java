package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.LinkedBlockingQueue;
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
    private static final ThreadPoolExecutor POOL = pool(THREADS);
    /** For what may be slow and nobody waits for: other people's servers. */
    private static final ThreadPoolExecutor ASIDE = pool(2);

    private GateWorker() {}

    private static ThreadPoolExecutor pool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
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

    static void aside(Runnable task) {
        run(ASIDE, task);
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

    static ScheduledFuture<?> later(Runnable task, long millis) {
        return Timer.get().schedule(() -> submit(task), millis, TimeUnit.MILLISECONDS);
    }
}
