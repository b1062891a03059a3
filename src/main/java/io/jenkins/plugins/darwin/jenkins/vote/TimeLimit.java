package io.jenkins.plugins.darwin.jenkins.vote;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets a server take so much time in all, however many small pieces it sends: one that answers a byte a minute is never idle, and would
 * keep a thread of the controller for days.
 */
final class TimeLimit {
    private static final int THREADS = 16;
    private static final ThreadPoolExecutor ASKING = pool();

    private TimeLimit() {}

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "Darwin vote gates, asking a registry");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * What the work gives, in time.
     *
     * @param server named in the sentence when it does not
     * @throws ReleaseException failed, when the time is over; or as the work does
     */
    static <T> T of(Duration limit, String server, Supplier<T> work) {
        Future<T> answer = ASKING.submit(work::get);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw ReleaseException.failed(
                    server + " did not answer in time: expected an answer within " + limit.toSeconds()
                            + " seconds. The controller asks again.",
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw ReleaseException.failed("Interrupted while asking " + server + ".", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
