package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.edit.Leftover;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cut says what it bumps, what it doesn't, and what stays. */
class BumpTest {
    private static final String CONFIG = "project: demo\nversionFiles: %s\nleave: %s\nimages: []\ncharts: []\n"
            + "registry: { staging: 'oci-layout:s', release: 'oci-layout:r' }\n";

    @TempDir
    Path dir;

    private ReleaseFixture demo(String versionFiles, String leave) {
        ReleaseFixture release = ReleaseFixture.create(
                        dir, CONFIG.formatted(versionFiles, leave), RegistryOptions.defaults())
                .configInRepository();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a/VERSION", bytes("v1.2.0\n"));
        files.put("docs/install.md", bytes("get shop-1.2.0.tgz\n\nnew in 1.2.0\n"));
        files.put("CHANGELOG.md", bytes("## 1.2.0\n"));
        release.commit("main", "docs: install\n", files);
        return release;
    }

    /** The example's history has a breaking change since 1.2.0, which a cut of 1.3.0 names first; another test looks at that. */
    private static List<String> warnings(Outcome<CutRelease.Result> cut) {
        assertThat(cut.warnings()).first().asString().startsWith("By SemVer 1.3.0 is too low");
        return cut.warnings().subList(1, cut.warnings().size());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Outcome<CutRelease.Result> cut(ReleaseFixture release, boolean dryRun, boolean noBump) {
        return release.with(w ->
                new CutRelease(w, Version.parse("1.3.0"), Optional.empty(), noBump).run(dryRun, Progress.silent()));
    }

    @Test
    void whatStaysIsListedWithFileAndLine() {
        ReleaseFixture release = demo(
                "[{files: a/VERSION, regex: '^v(.*)$'}]",
                "[CHANGELOG.md, 'helm/**', 'darwin-sdk/**', {files: 'docs/**', containing: 'new in'}]");
        assertThat(warnings(cut(release, true, false)))
                .containsExactly(
                        "Still 1.2.0: docs/install.md:1: get shop-1.2.0.tgz",
                        "What may stay so is named once under 'leave' in darwin-release.yaml; what has to move belongs into"
                                + " versionFiles.");
        assertThat(cut(release, false, false).result().stays())
                .containsExactly(new Leftover("docs/install.md", 1, "1.2.0", "get shop-1.2.0.tgz"));
        assertThat(cut(release, false, false).warnings()).isEmpty(); // the branch is there: nothing is decided any more
    }

    @Test
    void severalLinesOfAFileAreOneSentence() {
        ReleaseFixture release = demo("[{files: a/VERSION, regex: '^v(.*)$'}]", "['helm/**', 'darwin-sdk/**']");
        assertThat(cut(release, true, false).warnings())
                .contains("Still 1.2.0: docs/install.md:1: get shop-1.2.0.tgz (also on line 3)");
    }

    @Test
    void aProjectThatCarriesItsVersionNowhereIsCutAndThatIsSaid() {
        ReleaseFixture release = demo("[]", "['**']");
        Outcome<CutRelease.Result> cut = cut(release, false, false);
        assertThat(warnings(cut)).containsExactly(Bump.NOTHING);
        assertThat(cut.changes())
                .singleElement()
                .satisfies(c -> assertThat(c.expected())
                        .endsWith(", without a commit of its own: no file carries the version")
                        .doesNotContain("bump version"));
        assertThat(cut(release, false, false).changes())
                .extracting(Change::state)
                .containsExactly(Change.State.DONE);
    }

    @Test
    void versionFilesThatFindNothingAreProbablyWrong() {
        ReleaseFixture release = demo("[{files: 'b/*', regex: '^v(.*)$', optional: true}]", "['**']");
        assertThatThrownBy(() -> cut(release, true, false))
                .hasMessageContaining("There is nothing to bump")
                .hasMessageContaining("cut without a bump");
        assertThat(warnings(cut(release, true, true))).containsExactly(Bump.NOTHING);
    }

    @Test
    void filesThatHaveTheVersionAlreadyGetNoCommit() {
        ReleaseFixture release = demo("[{files: a/VERSION, regex: '^(v.*)$'}]", "['**']");
        release.commit("main", "build: next\n", Map.of("a/VERSION", bytes("v1.3.0\n")));
        assertThat(cut(release, false, false).changes())
                .singleElement()
                .satisfies(c ->
                        assertThat(c.expected()).endsWith(", without a commit of its own: the files have it already"));
    }

    /** Commands of trunk regenerate what the bump left stale, in the same commit. */
    @Test
    void afterTheBumpTheProjectsCommandsRegenerateFiles() {
        ReleaseFixture release = demo(
                "[{files: a/VERSION, regex: '^v(.*)$'}]",
                "['**']\nafterBump: ['sed -i s/1.2.0/$RELEASE_VERSION/ docs/install.md']");
        Outcome<CutRelease.Result> dry = cut(release, true, false);
        assertThat(dry.changes()).extracting(Change::kind).containsExactly("file", "command", "branch");
        assertThat(warnings(dry)).isEmpty();
        CutRelease.Result made = cut(release, false, false).result();
        String shown = Tools.run(
                release.origin(),
                "git",
                "show",
                "--stat=80",
                "--format=%s",
                made.commit().sha());
        assertThat(shown).contains("a/VERSION", "docs/install.md", "2 files changed");
        assertThat(Tools.run(release.origin(), "git", "show", made.commit() + ":docs/install.md"))
                .contains("shop-1.3.0.tgz");
        assertThat(cut(release, false, false).changes())
                .extracting(Change::state)
                .containsExactly(Change.State.DONE);
    }

    @Test
    void aCommandThatFailsLeavesNothing() {
        ReleaseFixture release = demo("[{files: a/VERSION, regex: '^v(.*)$'}]", "['**']\nafterBump: ['exit 4']");
        assertThatThrownBy(() -> cut(release, false, false)).hasMessageContaining("bash ended with 4");
        assertThat(Tools.run(release.origin(), "git", "branch", "--list", "release/*"))
                .isEmpty();
    }
}
