package io.jenkins.plugins.darwin.jenkins.remote;

import hudson.model.TaskListener;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Progress;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Progress in a build's console: a line a message, and for long work a line now and then. */
public final class ConsoleProgress implements Progress {
    private static final long QUIET_MILLIS = 3_000;
    private static final long PACE_MILLIS = 10_000;
    private static final long MEBIBYTE = 1L << 20;

    private final PrintStream console;
    private final Clock clock;

    public ConsoleProgress(TaskListener listener, Clock clock) {
        this.console = listener.getLogger();
        this.clock = clock;
    }

    @Override
    public void message(String line) {
        console.println(ForeignText.lines(line));
        console.flush(); // an agent's console collects lines for some seconds, and they would come after the step's end
    }

    @Override
    public Task start(String label, long total, Unit unit) {
        return new LongWork(label, total, unit);
    }

    private final class LongWork implements Task {
        private final String label;
        private final long total;
        private final Unit unit;
        private final AtomicLong done = new AtomicLong();
        private final AtomicLong due = new AtomicLong(clock.millis() + QUIET_MILLIS);

        LongWork(String label, long total, Unit unit) {
            this.label = label;
            this.total = total;
            this.unit = unit;
        }

        @Override
        public void advance(long amount) {
            long now = done.addAndGet(amount);
            long next = due.get();
            long time = clock.millis();
            if (time >= next && due.compareAndSet(next, time + PACE_MILLIS)) {
                message(label + ": " + shown(now)
                        + (total > 0 ? " of " + shown(total) + " (" + 100 * now / total + " %)" : ""));
            }
        }

        @Override
        public void close() {
            // the step says what came of it
        }

        private String shown(long amount) {
            return unit == Unit.ITEMS ? Long.toString(amount) : amount / MEBIBYTE + " MiB";
        }
    }
}
