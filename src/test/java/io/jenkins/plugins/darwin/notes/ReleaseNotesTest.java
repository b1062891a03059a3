package io.jenkins.plugins.darwin.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.notes.ReleaseNotes.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseNotesTest {
    private static final Version VERSION = Version.parse("1.3.0");

    /** The example of the release process, P4.1, word for word. */
    @Test
    void writesTheFormOfTheProcess() {
        String notes = render(
                new Options(
                        List.of("GPU support for Ray clusters", "Auto-scaling policies"),
                        List.of("Run database migrations: `./pre-deploy.sh`"),
                        List.of(),
                        Set.of()),
                "feat(compute): GPU node support (#123)\n\nHighlight: Improved feature store latency\n"
                        + "Known-Issue: [#130] GPU clusters require manual quota configuration",
                "feat(serve): canary deployments (#124)",
                "fix(compute): scheduler crash on termination (#125)",
                "fix(mlflow): experiment search pagination (#126)",
                "refactor(compute)!: arguments\n\nBREAKING CHANGE: compute SDK: `create_cluster()` now requires `runtime` parameter\n"
                        + "Upgrade-Note: Update SDK: `pip install darwin-sdk==1.3.0`",
                "docs: guide",
                "chore: tidy",
                "ci: cache");
        assertThat(notes).isEqualTo("""
                # Darwin v1.3.0 Release Notes

                ## Highlights
                - GPU support for Ray clusters
                - Auto-scaling policies
                - Improved feature store latency

                ## New Features
                - feat(compute): GPU node support (#123)
                - feat(serve): canary deployments (#124)

                ## Bug Fixes
                - fix(compute): scheduler crash on termination (#125)
                - fix(mlflow): experiment search pagination (#126)

                ## Breaking Changes
                - compute SDK: `create_cluster()` now requires `runtime` parameter

                ## Upgrade Notes
                - Run database migrations: `./pre-deploy.sh`
                - Update SDK: `pip install darwin-sdk==1.3.0`

                ## Known Issues
                - [#130] GPU clusters require manual quota configuration
                """);
    }

    @Test
    void saysSoWhenThereIsNothingToTell() {
        assertThat(render(Options.none(), "chore: tidy"))
                .isEqualTo("# Darwin v1.3.0 Release Notes\n\nNo changes for users since v1.2.0.\n");
    }

    @Test
    void breakingChangeIsToldOnceUnlessItsFooterSaysMore() {
        assertThat(render(Options.none(), "feat(sdk)!: drop Python 3.8 (#7)"))
                .contains("## Breaking Changes\n- sdk: drop Python 3.8 (#7)\n")
                .doesNotContain("New Features");
        assertThat(render(Options.none(), "feat(sdk)!: runtimes (#7)\n\nBREAKING CHANGE: name one"))
                .contains("## New Features\n- feat(sdk)!: runtimes (#7)\n")
                .contains("## Breaking Changes\n- sdk: name one (#7)\n");
        assertThat(render(Options.none(), "chore!: drop Java 11")).contains("## Breaking Changes\n- drop Java 11\n");
    }

    @Test
    void otherSubjectsAreNotLost() {
        assertThat(render(Options.none(), "Made it faster", "perf(serve): keep connections open", "# Heading"))
                .isEqualTo(
                        "# Darwin v1.3.0 Release Notes\n\n## Other Changes\n- Made it faster\n- perf(serve): keep connections open\n- \\# Heading\n");
    }

    @Test
    void mergesAndVersionBumpsAreLeftOut() {
        List<NoteCommit> commits = List.of(
                new NoteCommit(id(3), 2, "Merge pull request #5 from a/b\n\nfeat: x"),
                commit(5, "chore: bump version from 1.2.0 to 1.3.0"),
                commit(2, "Bump version to 1.3.0-RC1"),
                commit(1, "build!: bump version to 1.3.0-RC1"),
                commit(0, "fix: bump the version check"));
        assertThat(render(commits, Options.none()))
                .isEqualTo("# Darwin v1.3.0 Release Notes\n\n## Bug Fixes\n- fix: bump the version check\n");
    }

    @Test
    void hostileTextStaysText() {
        assertThat(render(Options.none(), "feat(<img src=x>): <script>alert(1)</script> [x](javascript:y)"))
                .contains("- feat(&lt;img src=x>): &lt;script>alert(1)&lt;/script> [x\\](javascript:y)\n")
                .doesNotContain("<");
        assertThat(ReleaseNotes.render("<b>", VERSION, Optional.empty(), List.of(), Options.none()))
                .startsWith("# &lt;b> v1.3.0");
    }

    @Test
    void thousandsOfCommitsTakeMoments() {
        List<NoteCommit> commits = new ArrayList<>();
        for (int i = 6300; i-- > 0; ) {
            String pick =
                    i % 10 == 0 ? "\n\n(cherry picked from commit " + id(i + 1).sha() + ")" : "";
            String revert = i % 50 == 3 ? "\n\nThis reverts commit " + id(i - 1).sha() + "." : "";
            commits.add(commit(
                    i,
                    (revert.isEmpty() ? "fix(s" + i % 30 + "): change " + i + " (#" + i + ")" : "Revert \"x\"")
                            + pick
                            + revert));
        }
        render(commits, Options.none());
        long start = System.nanoTime();
        String notes = render(commits, Options.none());
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(Duration.ofSeconds(5)); // 0.1 s, when nothing else runs
        assertThat(notes.lines().filter(l -> l.startsWith("- fix")).count()).isEqualTo(6300 - 2 * 126 - 630);
    }

    /** Expressions must not walk a text again and again. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "(#1", "`", "``` ", "a ", "a-", "[x](", "\n", "Refs: ", "\"", ": "})
    void endlessTextTakesMoments(String part) {
        String text = part.repeat(200_000 / part.length());
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> render(
                        Options.none(),
                        "feat(a)!: x" + text + "y\n\nBREAKING CHANGE: b" + text + "c",
                        "Revert \"" + text + "y\"\n\n" + text + "z",
                        "chore: bump version" + text + "y"));
    }

    /** Messages oldest first, as people write them. */
    private static String render(Options options, String... messages) {
        List<NoteCommit> commits = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            commits.add(commit(i, messages[i]));
        }
        Collections.reverse(commits);
        return render(commits, options);
    }

    private static String render(List<NoteCommit> commits, Options options) {
        return ReleaseNotes.render("darwin", VERSION, Optional.of(Version.parse("1.2.0")), commits, options);
    }

    static NoteCommit commit(int n, String message) {
        return new NoteCommit(id(n), 1, message);
    }

    /** Different from the first digit on, as real ones are. */
    static CommitId id(int n) {
        return new CommitId(String.format("%08x", n * 0x9E3779B1) + "0".repeat(24) + String.format("%08x", n));
    }

    @Test
    void whatTheReleaseManagerAddsHasItsSections() {
        Options told = new Options(
                List.of(),
                List.of("Run database migrations: `./pre-deploy.sh`"),
                List.of("[#130] GPU clusters need a quota"),
                Set.of());
        assertThat(render(told, "feat: a"))
                .contains("## Upgrade Notes\n- Run database migrations: `./pre-deploy.sh`\n")
                .contains("## Known Issues\n- [#130] GPU clusters need a quota\n");
    }
}
