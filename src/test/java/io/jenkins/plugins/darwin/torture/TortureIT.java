package io.jenkins.plugins.darwin.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short run of the campaigns in this process, with a seed of its own; bin/torture makes long ones, and the other two. */
class TortureIT {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({"proxy, 2", "race, 1"})
    void findsNothing(String campaign, int runs) throws Exception {
        Toll toll = Torture.run(campaign, dir, runs, 20261125);
        assertThat(toll.found()).as(toll.row()).isEmpty();
        assertThat(toll.runs()).isGreaterThanOrEqualTo(runs);
    }
}
