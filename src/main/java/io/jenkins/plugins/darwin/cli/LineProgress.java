package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Progress;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Progress for logs: a line a message, and a line every few seconds of long work. */
final class LineProgress implements Progress {
    private static final long QUIET_MILLIS = 2_000;
    private static final long PACE_MILLIS = 5_000;

    private final PrintStream err;
    private final Clock clock;

    LineProgress(PrintStream err, Clock clock) {
        this.err = err;
        this.clock = clock;
    }

    @Override
    public void message(String line) {
        err.println(ForeignText.lines(line));
    }

    @Override
    public Task start(String label, long total, Unit unit) {
        AtomicLong done = new AtomicLong();
        AtomicLong next = new AtomicLong(clock.millis() + QUIET_MILLIS);
        return new Task() {
            @Override
            public void advance(long amount) {
                long now = done.addAndGet(amount);
                long due = next.get();
                long time = clock.millis();
                if (time >= due && next.compareAndSet(due, time + PACE_MILLIS)) {
                    message(label + ": " + shown(now, unit) + (total > 0 ? " of " + shown(total, unit) : ""));
                }
            }

            @Override
            public void close() {
                // the use case says what came of it
            }
        };
    }

    private static String shown(long amount, Unit unit) {
        return unit == Unit.ITEMS ? Long.toString(amount) : amount / (1 << 20) + " MiB";
    }
}
