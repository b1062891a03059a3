package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateHeaderTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private static GateHeader header(List<String> voters, int quorum) {
        return new GateHeader(
                1,
                "1.3.0-RC1",
                "7",
                "darwin",
                "1.3.0-RC1",
                DIGEST,
                "2026-01-01T00:00:00Z",
                "2026-01-03T00:00:00Z",
                "(jenkins)",
                voters,
                List.of(),
                quorum,
                48,
                0,
                null,
                List.of("installation"),
                null,
                "127.0.0.1:5000/staging",
                List.of(),
                null,
                "key",
                List.of(),
                null,
                null);
    }

    @Test
    void comesBackFromItsLine() {
        GateHeader header = header(List.of("@managers"), 2);
        assertThat(header.toLine()).doesNotContain("\n");
        assertThat(GateHeader.parse(header.toLine())).isEqualTo(header);
        assertThat(header.vote().deadline()).isEqualTo("2026-01-03T00:00:00Z");
        assertThat(header.vote().policy().quorum()).isEqualTo(2);
    }

    /** A gate that was opened before the plugin was upgraded or downgraded. */
    @Test
    void readsWhatEarlierAndLaterVersionsWrote() {
        String earlier =
                "{\"schema\":1,\"id\":\"1.3.0-RC1\",\"node\":\"7\",\"project\":\"darwin\",\"candidate\":\"1.3.0-RC1\",\"digest\":\""
                        + DIGEST
                        + "\",\"opened\":\"2026-01-01T00:00:00Z\",\"deadline\":\"2026-01-03T00:00:00Z\",\"openedBy\":\"admin\",\"quorum\":1,"
                        + "\"hours\":48,\"minHours\":0,\"staging\":\"127.0.0.1:5000/staging\",\"signingKey\":\"key\",\"ofALaterVersion\":[1]}";
        assertThat(GateHeader.parse(earlier).voters()).isEmpty();
        assertThat(GateHeader.parse(earlier).mail()).isEmpty();
        assertThat(GateHeader.parse(earlier).vote().candidate()).hasToString("1.3.0-RC1");
    }

    @Test
    void refusesAnotherSchemaAndAnotherFile() {
        assertThatThrownBy(
                        () -> GateHeader.parse(header(List.of(), 1).toLine().replace("\"schema\":1", "\"schema\":2")))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("expected schema 1, found 2");
        assertThatThrownBy(() -> GateHeader.parse("{")).isInstanceOf(ReleaseException.class);
    }
}
