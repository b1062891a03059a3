package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose value trunk holds after a release came back. */
class VersionPlacesTest {
    @ParameterizedTest
    @CsvSource({
        // before, trunk, released, wanted
        "1.0.0, 1.0.0, 1.1.0, 1.1.0", // the release moved it
        "1.0.0, 1.2.0, 1.1.0, 1.2.0", // trunk is further
        "1.0.0, 1.1.0, 1.0.1, 1.1.0", // a hotfix of an older line
        "v1.0.0, v1.1.0, v1.0.1, v1.1.0",
        "1.0, 1.2, 1.1, 1.2",
        "1.9.0, 1.10.0, 1.9.1, 1.10.0", // by numbers, not by letters
        "latest, latest, 1.1.0, 1.1.0",
        "1.0.0, 1.2.0-SNAPSHOT, 1.1.0, 1.2.0-SNAPSHOT",
        "0.0.0, 0.0.0, 1.1.0, 0.0.0", // stands for no release
        "0.0.0-dev, 0.0.0-dev, 1.1.0, 0.0.0-dev",
        "nightly, nightly, 1.1.0, nightly",
        "1.1.0-SNAPSHOT, 1.1.0-SNAPSHOT, 1.1.0, 1.1.0-SNAPSHOT",
        "1.1.0-rc1, 1.1.0-rc1, 1.1.0, 1.1.0",
        "reg/a, reg/a, reg/b, reg/b",
        "reg/a, reg/c, reg/b, reg/c", // trunk's own choice
        "1.1.0, 1.0.0, 1.1.0, 1.0.0", // trunk took it back, the release did not touch it
    })
    void trunkNeverGoesBack(String before, String trunk, String released, String wanted) {
        assertThat(VersionPlaces.wanted(Optional.of(before), trunk, released)).isEqualTo(wanted);
    }

    @Test
    void withoutAKnownBaseTheHigherCounts() {
        assertThat(VersionPlaces.wanted(Optional.empty(), "1.0.0", "1.1.0")).isEqualTo("1.1.0");
        assertThat(VersionPlaces.wanted(Optional.empty(), "2.0.0", "1.1.0")).isEqualTo("2.0.0");
        assertThat(VersionPlaces.wanted(Optional.empty(), "any", "1.1.0")).isEqualTo("any");
    }
}
