package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people build one commit, at other times, in other folders, to other registries, with other keys. */
class ReproducibilityIT {
    @TempDir
    Path temp;

    private static SortedMap<String, byte[]> files(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void givesTheSameBytesButForSignatures() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"))) {
            ReleaseFixture one = ReleaseFixture.layouts(temp.resolve("one"));
            one.cut();
            one.build();
            one.sign();
            ReleaseFixture other = one.elsewhere(
                    "other", server.host() + "/staging", server.host() + "/darwin", RegistryOptions.defaults());
            other.clock().set(one.clock().instant().plus(Duration.ofDays(3)));
            other.signWith(TestKey.make("Somebody"));
            other.build();
            other.sign();

            SortedMap<String, byte[]> first = files(one.dist("1.3.0-RC1"));
            SortedMap<String, byte[]> second = files(other.dist("1.3.0-RC1"));
            assertThat(second.keySet())
                    .isEqualTo(first.keySet())
                    .contains(
                            "candidate.json",
                            "darwin-1.3.0-src.tar.gz",
                            "darwin-1.3.0.tgz",
                            "RELEASE_NOTES.md",
                            "checksums.sha512");
            int same = 0;
            for (String name : first.keySet()) {
                boolean equal = Arrays.equals(first.get(name), second.get(name));
                assertThat(equal).as(name).isEqualTo(!name.endsWith(".asc") && !name.equals("KEYS"));
                same += equal ? 1 : 0;
            }
            assertThat(same).isEqualTo(9); // four parts, their .sha512, the list of them

            SortedMap<String, String> here = PublicState.tags(temp.resolve("one/registry"));
            SortedMap<String, String> there = PublicState.tags(temp.resolve("server/data"));
            for (String name : new String[] {
                "staging/darwin-compute:1.3.0-RC1",
                "staging/ml-serve-app:1.3.0-RC1",
                "staging/rc1/charts/darwin:1.3.0",
                "staging/darwin-release:build-1.3.0-RC1"
            }) {
                assertThat(there.get(name)).as(name).isNotNull().isEqualTo(here.get(name));
            }
            assertThat(there.get("staging/darwin-release:1.3.0-RC1"))
                    .isNotEqualTo(here.get("staging/darwin-release:1.3.0-RC1"));
        }
    }
}
