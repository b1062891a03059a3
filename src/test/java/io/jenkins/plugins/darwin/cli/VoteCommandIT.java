package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ballots that a release manager mistypes: each is wrong usage, and none is recorded. */
class VoteCommandIT {
    @TempDir
    Path temp;

    private Cli vote(ReleaseFixture release, String... more) {
        try {
            Path key = Files.writeString(
                    temp.resolve("key.asc"), ReleaseFixture.key().secret());
            return vote(
                    Map.of("DARWIN_SIGNING_KEY", key.toString(), "DARWIN_SIGNING_PASSPHRASE", TestKey.PASSPHRASE),
                    release,
                    more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cli vote(Map<String, String> key, ReleaseFixture release, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--repo",
                release.origin().toString(),
                "--config",
                release.configFile().toString(),
                "vote",
                "1.3.0"));
        args.addAll(List.of(more));
        Map<String, String> environment = new HashMap<>(key);
        environment.put("DARWIN_CACHE", "cache");
        return Cli.run(temp, environment, args.toArray(String[]::new));
    }

    @Test
    void mistypedBallotsAreWrongUsage() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        release.cut();
        release.build();
        release.sign();
        assertThat(vote(release, "open").code()).isZero();
        for (String[] wrong : new String[][] {
            {"--choice", "maybe"},
            {"--choice", "-1"},
            {"--choice", "-1", "--reason", "short"},
            {"--choice", "+1", "--digest", "sha256:1234"},
            {"--choice", "+1", "--digest", "latest"},
            {"--choice", "+1", "--check", "nonsense=passed"},
            {"--choice", "+1", "--check", "installation=great"}
        }) {
            List<String> args = new ArrayList<>(List.of("cast", "--voter", "alice"));
            args.addAll(List.of(wrong));
            Cli cast = vote(release, args.toArray(String[]::new));
            assertThat(cast.code()).as(String.join(" ", wrong) + cast.err()).isEqualTo(2);
            assertThat(cast.complaint()).isNotBlank();
        }
        JsonNode failure = vote(Map.of(), release, "close", "--json").json();
        assertThat(failure.path("command").asText()).isEqualTo("vote close");
        assertThat(failure.path("version").asText()).isEqualTo("1.3.0");
        assertThat(failure.path("outcome").asText()).isEqualTo("usage");
        assertThat(failure.path("errors").path(0).asText()).contains("No signing key");
        assertThat(vote(release, "show", "--json").json().path("ballots")).isEmpty();
    }
}
