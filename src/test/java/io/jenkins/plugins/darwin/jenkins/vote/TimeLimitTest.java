package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeLimitTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    @Test
    void givesWhatTheWorkGives() {
        assertThat(TimeLimit.of(LONG, "a", () -> 7)).isEqualTo(7);
        ReleaseException refused = ReleaseException.refused("No.");
        assertThatThrownBy(() -> TimeLimit.of(LONG, "a", () -> {
                    throw refused;
                }))
                .isSameAs(refused);
    }

    /** A server that sends a byte now and then is never idle. */
    @Test
    void endsWhatTakesTooLong() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        assertThatThrownBy(() -> TimeLimit.of(Duration.ofMillis(100), "registry.example.org/staging", () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        stopped.countDown();
                    }
                    return 0;
                }))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("registry.example.org/staging did not answer in time");
        assertThat(stopped.await(30, TimeUnit.SECONDS))
                .as("and gives its thread back")
                .isTrue();
    }
}
