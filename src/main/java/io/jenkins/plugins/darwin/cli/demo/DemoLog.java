package io.jenkins.plugins.darwin.cli.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Times the steps of a demo, tells them as they end, and keeps them for the report. */
final class DemoLog {
    /**
     * @param detail what came of it
     * @param failed whether the release could not go on from there
     */
    record Step(String title, Instant started, Duration took, String detail, boolean failed) {}

    /** What came of a step. */
    record Came(String detail, boolean failed) {}

    private final Clock clock;
    private final Consumer<String> out;
    private final List<Step> steps = new ArrayList<>();

    DemoLog(Clock clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    void step(String title, Supplier<String> work) {
        judged(title, () -> new Came(work.get(), false));
    }

    /** A step that may end badly for the release although the program did well, such as a vote. */
    void judged(String title, Supplier<Came> work) {
        Instant started = clock.instant();
        Came came = work.get();
        String detail = came.detail().strip();
        Duration took = Duration.between(started, clock.instant());
        steps.add(new Step(title, started, took, detail, came.failed()));
        out.accept(String.format(Locale.ROOT, "%-20s %6.2f s  %s", title, took.toMillis() / 1000.0, detail));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }
}
