package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.testing.StepClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final Console console = new Console();
    private final StepClock clock = new StepClock(Instant.EPOCH);
    private final ConsoleProgress progress = new ConsoleProgress(console, clock);

    /** An agent's console is sent when it is flushed. */
    @Test
    void showsAMessageAtOnce() {
        progress.message("branch release/1.3.0 made");
        assertThat(console.lines()).containsExactly("branch release/1.3.0 made");
    }

    @Test
    void saysNothingOfShortWork() {
        try (Progress.Task task = progress.start("Uploading", 100, Progress.Unit.ITEMS)) {
            pass(2);
            task.advance(100);
        }
        assertThat(console.lines()).isEmpty();
    }

    /** A line every ten seconds is one that people can read; a buffer is far more often. */
    @Test
    void keepsAReadablePaceDuringLongWork() {
        try (Progress.Task task = progress.start("Uploading", 60L << 20, Progress.Unit.BYTES)) {
            for (int second = 1; second <= 60; second++) {
                pass(1);
                task.advance(1L << 20);
            }
        }
        assertThat(console.lines()).hasSize(6).first().isEqualTo("Uploading: 3 MiB of 60 MiB (5 %)");
        assertThat(console.lines()).last().isEqualTo("Uploading: 53 MiB of 60 MiB (88 %)");
    }

    @Test
    void countsWithoutATotal() {
        try (Progress.Task task = progress.start("Reading commits", -1, Progress.Unit.ITEMS)) {
            pass(5);
            task.advance(1234);
        }
        assertThat(console.lines()).containsExactly("Reading commits: 1234");
    }

    private void pass(int seconds) {
        clock.set(clock.instant().plus(Duration.ofSeconds(seconds)));
    }
}
