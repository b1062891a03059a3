package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.GitHttpServer;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a release manager learns before the release begins: all of it at once. */
class PreflightIT {
    @TempDir
    Path temp;

    private static List<String> lines(List<Check> checks, Check.State state) {
        return checks.stream()
                .filter(c -> c.state() == state)
                .map(c -> c.name() + ": " + c.detail())
                .toList();
    }

    @Test
    void eachRegistryIsOpenedOnceForAUseCase() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        release.with(w -> {
            ReleaseConfig config = w.trunkConfig();
            assertThat(w.staging(config)).isSameAs(w.staging(config)).isNotSameAs(w.release(config));
            return null;
        });
    }

    @Test
    void aReadyProjectPassesEverything() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        List<Check> checks = release.with(w -> new Preflight(w, ReleaseFixture.VERSION).run(release::signer));
        assertThat(lines(checks, Check.State.PASSED))
                .hasSize(checks.size() - 3)
                .contains("public key: trunk has the key that will sign", "configuration: 2 images, 1 charts");
        assertThat(lines(checks, Check.State.SKIPPED))
                .contains("version files: Still 1.2.0: darwin-sdk/setup.py:5: version=\"1.2.0\",")
                .anyMatch(line -> line.startsWith("semver: By SemVer 1.3.0 is too low")); // its history breaks users
    }

    @Test
    void aKeyThatTrunkDoesNotNameIsSaid() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        release.commit("chore: no keys\n", Map.of("KEYS", "none\n".getBytes(StandardCharsets.UTF_8)));
        List<Check> checks = release.with(w -> new Preflight(w, ReleaseFixture.VERSION).run(release::signer));
        assertThat(lines(checks, Check.State.FAILED)).singleElement().asString().startsWith("public key: ");
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        Supplier<DetachedSigner> none = () -> {
            throw ReleaseException.usage("No signing key.");
        };
        List<Check> checks = release.with(w -> new Preflight(w, Version.parse("1.2.0")).run(none));
        assertThat(lines(checks, Check.State.FAILED))
                .hasSize(2)
                .anyMatch(l -> l.startsWith("version: ") && l.contains("already released"))
                .contains("signing key: No signing key.");
    }

    @Test
    void rightsThatLackAreSaidForEachPlace() throws Exception {
        try (RealRegistry open = RealRegistry.start(temp.resolve("open"));
                RealRegistry readOnly = RealRegistry.start(temp.resolve("closed"), RealRegistry.Option.READ_ONLY);
                GitHttpServer git = new GitHttpServer(temp)) {
            ReleaseFixture release = ReleaseFixture.create(
                    temp, open.host() + "/staging", readOnly.host() + "/darwin", RegistryOptions.defaults());
            SortedMap<String, String> before = PublicState.refs(release.origin());
            Cli reader = Cli.run(
                    temp,
                    Map.of(
                            "DARWIN_CACHE",
                            "cache",
                            "DARWIN_GIT_USER",
                            "reader",
                            "DARWIN_GIT_TOKEN",
                            GitHttpServer.TOKEN),
                    "--repo",
                    git.url("/origin.git"),
                    "--config",
                    release.configFile().toString(),
                    "--json",
                    "preflight",
                    "1.3.0");
            List<String> rights = new ArrayList<>();
            reader.json().path("checks").forEach(c -> {
                if (c.path("name").asText().equals("rights")) {
                    rights.add(
                            c.path("state").asText() + " " + c.path("subject").asText() + ": "
                                    + c.path("detail").asText());
                }
            });
            assertThat(rights)
                    .hasSize(3)
                    .anyMatch(r -> r.startsWith("FAILED " + git.url("/origin.git")) && r.contains("lack the right"))
                    .anyMatch(r -> r.equals("PASSED " + open.host()
                            + "/staging: takes pushes to darwin-compute, ml-serve-app, darwin-release"))
                    .anyMatch(r -> r.startsWith("FAILED " + readOnly.host() + "/darwin: ") && r.contains("read-only"));
            assertThat(reader.code()).isEqualTo(3);
            assertThat(PublicState.refs(release.origin())).isEqualTo(before);
            assertThat(PublicState.tags(temp.resolve("open/data"))).isEmpty();
        }
    }

    @Test
    void defaultsAndAListOfNoImagesAreNotTakenInSilence() throws Exception {
        ReleaseFixture release = ReleaseFixture.layouts(temp);
        Path bare = Files.writeString(
                temp.resolve("bare.yaml"),
                "images: []\nregistry: { staging: 'oci-layout:a', release: 'oci-layout:b' }\n");
        Cli given = Cli.run(
                temp,
                Map.of("DARWIN_CACHE", "cache"),
                "--repo",
                release.origin().toString(),
                "--config",
                bare.toString(),
                "preflight",
                "1.3.0",
                "--json");
        assertThat(given.json().path("checks").toString())
                .contains("names no image")
                .doesNotContain("darwin init");

        Cli defaults = Cli.run(
                temp,
                Map.of("DARWIN_CACHE", "cache"),
                "--repo",
                withoutConfiguration().toString(),
                "preflight",
                "1.3.0");
        assertThat(defaults.out()).contains("trunk has none, so defaults are taken");
    }

    private Path withoutConfiguration() {
        Tools.run(temp, "git", "init", "-q", "-b", "main", "plain");
        Path plain = temp.resolve("plain");
        Tools.run(
                plain,
                "git",
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@example.org",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "feat: first");
        return plain;
    }
}
