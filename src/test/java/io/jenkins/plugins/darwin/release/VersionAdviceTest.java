package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.model.VersionStep;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.Cli;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The version that the commits since the last release ask for, in real histories. */
class VersionAdviceTest {
    @TempDir
    Path temp;

    private ReleaseFixture release;

    @BeforeEach
    void aReleaseThatIsTheLastOne() {
        release = ReleaseFixture.layouts(temp);
        tag("v2.4.0");
    }

    private void tag(String name) {
        Tools.run(release.origin(), "git", "tag", name, "main");
    }

    private void commit(String message) {
        release.commit("main", message + "\n", Map.of("x.txt", message.getBytes(StandardCharsets.UTF_8)));
    }

    private VersionAdvice.Result next() {
        return release.with(VersionAdvice::next);
    }

    private Optional<String> fault(String version) {
        return release.with(w -> VersionAdvice.of(w, Version.parse(version)).fault());
    }

    private List<String> cut(String version) {
        return release.with(w -> new CutRelease(w, Version.parse(version), Optional.empty(), true)
                .run(true, Progress.silent())
                .warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "chore: tidy,NONE,2.4.1",
        "'docs: more',NONE,2.4.1",
        "fix: a leak,PATCH,2.4.1",
        "something without a type,PATCH,2.4.1",
        "feat(ui): a page,MINOR,2.5.0",
        "'[Feature] a page',MINOR,2.5.0",
        "fix!: another way,MAJOR,3.0.0",
    })
    void eachKindOfChangeHasItsStep(String message, VersionStep step, String version) {
        commit(message);
        assertThat(next().needed()).isEqualTo(step);
        assertThat(next().proposed()).hasToString(version);
    }

    @Test
    void theHighestStepCountsAndItsChangesAreTheReasons() {
        commit("feat: one");
        commit("fix: two");
        commit("feat: three\n\nBREAKING CHANGE: the old way is gone");
        assertThat(next().why()).startsWith("A major version after 2.4.0, for ").contains("the old way is gone");
        assertThat(next().proposed()).hasToString("3.0.0");
        assertThat(fault("2.5.0"))
                .get()
                .asString()
                .contains("2.5.0 is too low: it is a minor version after 2.4.0", "expected 3.0.0");
        assertThat(fault("3.0.0")).isEmpty();
        assertThat(fault("4.0.0")).isEmpty();
    }

    @Test
    void whatIsTakenBackAsksForNothing() {
        commit("feat: one");
        String id = Tools.run(release.origin(), "git", "rev-parse", "main").strip();
        commit("Revert \"feat: one\"\n\nThis reverts commit " + id + ".");
        assertThat(next().needed()).isEqualTo(VersionStep.NONE);
        assertThat(next().why()).isEqualTo("Nothing that users see has changed since 2.4.0.");
    }

    @Test
    void beforeOneAnythingMayChangeInAMinorVersion() {
        Tools.run(release.origin(), "git", "tag", "-d", "v2.4.0");
        Tools.run(release.origin(), "sh", "-c", "git tag | xargs git tag -d");
        assertThat(next().proposed()).hasToString("0.1.0");
        assertThat(next().why()).isEqualTo("Nothing is released yet.");
        tag("v0.4.0");
        commit("feat: one");
        assertThat(next().proposed()).hasToString("0.4.1");
        commit("feat!: two");
        assertThat(next().proposed()).hasToString("0.5.0");
        assertThat(fault("0.4.1")).isPresent();
        assertThat(fault("0.5.0")).isEmpty();
    }

    @Test
    void aPatchOfAnOlderLineIsComparedWithThatLine() {
        tag("v2.3.0");
        commit("feat: new");
        tag("v2.5.0");
        assertThat(fault("2.4.1")).get().asString().contains("patch after 2.4.0", "feat: new", "expected 2.6.0");
    }

    @Test
    void cutAndPreflightSayItOrRefuse() throws IOException {
        commit("feat: one");
        assertThat(cut("2.5.0")).noneMatch(w -> w.contains("SemVer"));
        assertThat(cut("2.4.1")).first().asString().startsWith("By SemVer 2.4.1 is too low");
        assertThat(semver("2.4.1").state()).isEqualTo(Check.State.SKIPPED);
        assertThat(semver("2.5.0").state()).isEqualTo(Check.State.PASSED);

        release = ReleaseFixture.create(
                Files.createDirectories(temp.resolve("strict")),
                release.config() + "semver: refuse\n",
                RegistryOptions.defaults());
        tag("v2.4.0");
        commit("feat: one");
        assertThatThrownBy(() -> cut("2.4.1"))
                .hasMessageContaining("expected 2.5.0")
                .hasMessageContaining("semver: refuse");
        assertThat(semver("2.4.1").state()).isEqualTo(Check.State.FAILED);
        assertThat(cut("2.5.0")).noneMatch(w -> w.contains("SemVer"));
    }

    private Check semver(String version) {
        return release.with(w -> new Preflight(w, Version.parse(version)).run(release::signer)).stream()
                .filter(c -> c.name().equals("semver"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCommandProposesAndJudges() throws IOException {
        commit("feat: one");
        Cli proposed = command("--json");
        assertThat(proposed.code()).as(proposed.err()).isZero();
        assertThat(proposed.json().path("version").asText()).isEqualTo("2.5.0");
        assertThat(proposed.json().path("proposed").asText()).isEqualTo("2.5.0");
        assertThat(proposed.json().path("last").asText()).isEqualTo("2.4.0");
        assertThat(proposed.json().path("reasons").get(0).asText()).contains("feat: one");
        assertThat(command().code()).isZero();
        Cli low = command("2.4.1");
        assertThat(low.code()).isZero();
        assertThat(low.out()).contains("too low");
        assertThat(command("2.5.0").out()).contains("2.5.0 is enough.");
    }

    private Cli command(String... more) throws IOException {
        List<String> args = new java.util.ArrayList<>(List.of(
                "--repo",
                release.origin().toString(),
                "--config",
                release.configFile().toString(),
                "next"));
        args.addAll(List.of(more));
        return Cli.run(temp, Map.of("DARWIN_CACHE", temp.resolve("cache").toString()), args.toArray(String[]::new));
    }
}
