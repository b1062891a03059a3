package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Snapshot;
import io.jenkins.plugins.darwin.testing.TestKey;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong: one clear sentence, the right exit code, and everything as it was. */
class BadInputIT {
    private static final int USAGE = 2;
    private static final int REFUSED = 3;

    @TempDir
    static Path temp;

    private static ReleaseFixture release;
    private static Snapshot fresh;

    @BeforeAll
    static void make() throws IOException {
        release = ReleaseFixture.layouts(temp);
        Tools.run(release.origin(), "git", "tag", "v1.2.5", "main~1");
        fresh = Snapshot.take(temp, "origin.git", "registry", "dist", "cache");
    }

    @BeforeEach
    void again() throws IOException {
        fresh.restore();
    }

    /** Runs a command that must fail and leave refs and registries alone. @return its sentence */
    private static String fails(int code, Path repository, String... command) {
        return fails(Map.of(), code, repository, command);
    }

    private static String fails(Map<String, String> more, int code, Path repository, String... command) {
        boolean git = Files.exists(repository.resolve("HEAD"));
        Map<String, String> refs = git ? PublicState.refs(repository) : Map.of();
        Map<String, String> files = PublicState.files(List.of(temp.resolve("registry"), temp.resolve("dist")));
        List<String> args = new ArrayList<>(List.of("--repo", repository.toString()));
        args.addAll(List.of(command));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("DARWIN_CACHE", temp.resolve("cache").toString());
        Cli run = Cli.run(temp, environment, args.toArray(String[]::new));
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(git ? PublicState.refs(repository) : Map.of()).isEqualTo(refs);
        assertThat(PublicState.files(List.of(temp.resolve("registry"), temp.resolve("dist"))))
                .isEqualTo(files);
        assertThat(run.out()).isEmpty();
        assertThat(run.complaint()).as("one sentence").matches("[^\\n]*[.?]").hasSizeLessThan(600);
        assertThat(run.err()).doesNotContain("\tat ", "Exception");
        return run.complaint();
    }

    private static String failsWith(String config, String... command) throws IOException {
        Path file = Files.writeString(temp.resolve("bad.yaml"), config);
        List<String> args = new ArrayList<>(List.of("--config", file.toString()));
        args.addAll(List.of(command));
        return fails(USAGE, release.origin(), args.toArray(String[]::new));
    }

    @Test
    void configurations() throws IOException {
        String good = release.config();
        assertThat(failsWith(good.replace("charts:", "chart:"), "cut", "1.3.0"))
                .contains("bad.yaml:", "chart", "charts");
        assertThat(failsWith(good.replaceFirst("charts: .*", "charts: 7"), "cut", "1.3.0"))
                .contains("bad.yaml:", "charts", "7");
        assertThat(failsWith(good + "charts: [other]\n", "cut", "1.3.0"))
                .contains("bad.yaml:", "charts", "already on line 13");
        assertThat(failsWith("project: darwin\n\ttrunk: main\n", "cut", "1.3.0"))
                .contains("bad.yaml:2", "tab");
        assertThat(fails(USAGE, release.origin(), "--config", "nowhere.yaml", "cut", "1.3.0"))
                .contains("nowhere.yaml", "found nothing");
    }

    @Test
    void theConfigurationOfTheRepository() {
        release.commit("chore: spoil it\n", Map.of("darwin-release.yaml", "projekt: x\n".getBytes()));
        assertThat(fails(USAGE, release.origin(), "cut", "1.3.0"))
                .contains("darwin-release.yaml at", "projekt", "project");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.3",
                "01.3.0",
                "1.3.0;rm -rf /",
                "v1.3.0",
                "1.3.0-RC1",
                "1.3.0+x",
                "",
                " 1.3.0",
                "1.3.0\n",
                "../1.3.0"
            })
    void noVersions(String version) {
        for (String command : List.of("cut", "build-rc", "status", "preflight")) {
            assertThat(fails(USAGE, release.origin(), command, version))
                    .containsIgnoringCase("version")
                    .contains("expected X.Y.Z");
        }
    }

    @ParameterizedTest
    @CsvSource({"1.2.0, already released", "1.2.5, already released", "1.2.3, lower than 1.2.5"})
    void versionsThatAreOver(String version, String why) {
        assertThat(fails(REFUSED, release.origin(), "cut", version)).contains(version, why);
    }

    @Test
    void nothingCutYet() throws IOException {
        String config = release.configFile().toString();
        for (String command : List.of("build-rc", "backport")) {
            String[] more = command.equals("backport")
                    ? new String[] {"--config", config, command, "1.3.0", "main"}
                    : new String[] {"--config", config, command, "1.3.0"};
            assertThat(fails(REFUSED, release.origin(), more)).contains("release/1.3.0", "darwin cut 1.3.0");
        }
        Path key =
                Files.writeString(temp.resolve("key.asc"), ReleaseFixture.key().secret());
        Map<String, String> signing =
                Map.of("DARWIN_SIGNING_KEY", key.toString(), "DARWIN_SIGNING_PASSPHRASE", TestKey.PASSPHRASE);
        assertThat(fails(signing, REFUSED, release.origin(), "--config", config, "vote", "1.3.0", "open"))
                .contains("no signed candidate of 1.3.0");
        assertThat(fails(REFUSED, release.origin(), "--config", config, "verify", "1.3.0"))
                .contains("darwin-release:1.3.0", "found nothing");
    }

    @Test
    void repositoriesWithoutATrunk() throws IOException {
        Path two = temp.resolve("two.git");
        Tools.run(temp, "git", "clone", "-q", "--bare", release.origin().toString(), two.toString());
        Tools.run(two, "git", "branch", "-m", "main", "develop");
        Tools.run(two, "git", "branch", "other", "develop");
        assertThat(fails(REFUSED, two, "cut", "1.3.0")).contains("has no branch main", "develop");
        assertThat(fails(
                        REFUSED,
                        release.origin(),
                        "--config",
                        Files.writeString(temp.resolve("trunk.yaml"), "trunk: nowhere\n")
                                .toString(),
                        "cut",
                        "1.3.0"))
                .contains("has no branch nowhere", "main");

        Path empty = temp.resolve("empty.git");
        Tools.run(temp, "git", "init", "-q", "--bare", empty.toString());
        assertThat(fails(REFUSED, empty, "cut", "1.3.0")).contains("no commit yet");

        Path shallow = temp.resolve("shallow.git");
        Tools.run(
                temp, "git", "clone", "-q", "--bare", "--depth", "1", "file://" + release.origin(), shallow.toString());
        assertThat(fails(REFUSED, shallow, "cut", "1.3.0")).contains("shallow");

        assertThat(fails(USAGE, Files.createDirectories(temp.resolve("plain")), "cut", "1.3.0"))
                .contains("plain");
    }

    @Test
    void namesOfBranches() throws IOException {
        assertThat(failsWith("trunk: a..b\n", "cut", "1.3.0")).contains("a..b");
        assertThat(failsWith("trunk: --upload-pack=x\n", "cut", "1.3.0")).contains("--upload-pack=x");
        assertThat(fails(USAGE, release.origin(), "hotfix", "1.2.6", "--name", "../main"))
                .contains("../main");
        assertThat(fails(USAGE, release.origin(), "hotfix", "1.2.6", "--name", "a..b"))
                .contains("a..b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "charts: [../x]",
                "charts: [/etc]",
                "images: [{ name: a, files: ../x }]",
                "images: [{ name: a, files: /etc }]",
                "versionFiles: [{ files: ../x, yaml: [version] }]",
                "images: [{ name: a, dockerfile: ../Dockerfile }]",
                "images: [{ name: a, dockerfile: Dockerfile, context: a/../../b }]",
                "images: [{ name: ../a, files: compute/dist }]"
            })
    void pathsThatLeaveTheRepository(String config) throws IOException {
        assertThat(failsWith(config + "\n", "cut", "1.3.0")).contains("bad.yaml:1");
    }

    @ParameterizedTest
    @CsvSource({
        "helm/darwin/templates/evil.yaml, ../../../../etc/passwd",
        "helm/darwin/evil, /etc",
        "compute/dist/evil, ../../../outside"
    })
    void linksThatLeaveTheRepository(String path, String target) throws IOException {
        Path work = Files.createTempDirectory(temp, "work");
        Tools.run(temp, "git", "clone", "-q", release.origin().toString(), work.toString());
        Files.createSymbolicLink(work.resolve(path), Path.of(target));
        Tools.run(work, "git", "add", path);
        Tools.run(
                work,
                "git",
                "-c",
                "user.name=M",
                "-c",
                "user.email=m@example.org",
                "commit",
                "-q",
                "-m",
                "feat: a link");
        Tools.run(work, "git", "push", "-q", "origin", "main");
        release.cut();
        Map<String, String> before = PublicState.tags(temp.resolve("registry"));
        Cli run = Cli.run(
                temp,
                Map.of("DARWIN_CACHE", temp.resolve("cache").toString()),
                "--repo",
                release.origin().toString(),
                "--config",
                release.configFile().toString(),
                "build-rc",
                "1.3.0");
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(REFUSED);
        assertThat(run.complaint()).contains(path, target).endsWith(".");
        assertThat(PublicState.tags(temp.resolve("registry"))).isEqualTo(before);
        assertThat(temp.resolve("dist/1.3.0-RC1")).doesNotExist();
    }

    @Test
    void commandsAndOptions() {
        assertThat(fails(USAGE, release.origin(), "cutt", "1.3.0")).contains("cutt");
        assertThat(fails(USAGE, release.origin(), "cut")).contains("VERSION");
        assertThat(fails(USAGE, release.origin(), "cut", "1.3.0", "--form", "main"))
                .contains("--form");
        assertThat(fails(USAGE, release.origin())).contains("darwin --help");
        assertThat(fails(USAGE, release.origin(), "promote", "1.3.0")).contains("DARWIN_SIGNING_KEY");
        assertThat(fails(USAGE, release.origin(), "cut", "1.3.0", "--from", "0123456789"))
                .contains("0123456789");
    }
}
