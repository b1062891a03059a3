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
    /** @param detail what came of it */
    record Step(String title, Instant started, Duration took, String detail) {}

    private final Clock clock;
    private final Consumer<String> out;
    private final List<Step> steps = new ArrayList<>();

    DemoLog(Clock clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    void step(String title, Supplier<String> work) {
        Instant started = clock.instant();
        String detail = work.get().strip();
        Duration took = Duration.between(started, clock.instant());
        steps.add(new Step(title, started, took, detail));
        out.accept(String.format(Locale.ROOT, "%-20s %6.2f s  %s", title, took.toMillis() / 1000.0, detail));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }
}
