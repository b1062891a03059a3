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
import java.util.Random;
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
                        ExtraNotes.of("## Highlights\n- GPU support for Ray clusters\n- Auto-scaling policies\n\n"
                                + "## Upgrade notes\n- Run database migrations: `./pre-deploy.sh`\n"),
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

                <details>
                <summary>Also in this release: 1 change of the documentation, 2 changes of the project's own works</summary>

                - docs: guide
                - chore: tidy
                - ci: cache

                </details>
                """);
    }

    @Test
    void saysSoWhenThereIsNothingToTell() {
        assertThat(render(Options.none(), "chore: tidy"))
                .isEqualTo("# Darwin v1.3.0 Release Notes\n\nNo changes for users since v1.2.0.\n\n<details>\n"
                        + "<summary>Also in this release: 1 change of the project's own works</summary>\n\n- chore: tidy\n\n"
                        + "</details>\n");
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
                new NoteCommit(id(3), List.of(id(2), id(9)), "Merge branch 'a' into b"),
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
        assertThat(ReleaseNotes.of(List.of(), Options.none()).markdown("<b>", VERSION, Optional.empty()))
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
        return ReleaseNotes.of(commits, options).markdown("darwin", VERSION, Optional.of(Version.parse("1.2.0")));
    }

    static NoteCommit commit(int n, String message) {
        return new NoteCommit(id(n), n == 0 ? List.of() : List.of(id(n - 1)), message);
    }

    /** Different from the first digit on, as real ones are. */
    static CommitId id(int n) {
        return new CommitId(String.format("%08x", n * 0x9E3779B1) + "0".repeat(24) + String.format("%08x", n));
    }

    @Test
    void whatTheReleaseManagerAddsHasItsSections() {
        Options told = new Options(
                ExtraNotes.of(
                        "# Darwin 1.3.0\n\nA release for *GPU* users.\n\n## Upgrade Notes\nRun `./pre-deploy.sh` first.\n\n"
                                + "## Known issues\n- [#130] GPU clusters need a quota\n\n## Thanks\nTo all.\n"),
                Set.of());
        assertThat(render(told, "feat: a\n\nKnown-Issue: slow"))
                .startsWith("# Darwin v1.3.0 Release Notes\n\nA release for *GPU* users.\n\n## New Features\n")
                .contains("## Upgrade Notes\nRun `./pre-deploy.sh` first.\n")
                .contains("## Known Issues\n- [#130] GPU clusters need a quota\n- slow\n")
                .endsWith("## Thanks\nTo all.\n");
    }

    @Test
    void hiddenCharactersOfTheReleaseManagersFileDoNotReachTheNotes() {
        assertThat(render(new Options(ExtraNotes.of("## Highlights\n- a \u009b31m \u202egnp"), Set.of()), "fix: b"))
                .contains("- a ?31m ?gnp\n");
    }

    @Test
    void everyParagraphOfABreakingChangeIsTold() {
        assertThat(
                        render(
                                Options.none(),
                                "feat(api)!: login\n\nBREAKING CHANGE: old tokens are refused.\n\nRun migrate-tokens\nbefore it.\n\nReviewed-by: Bob"))
                .contains("## Breaking Changes\n- api: old tokens are refused.\n\n  Run migrate-tokens before it.\n")
                .doesNotContain("Bob");
    }

    @Test
    void changesOfASquashedBodyAreToldWithItsNumber() {
        String notes = render(
                Options.none(),
                "chore: october work (#12)\n\n* feat(compute): spot nodes\n\n* fix(serve): leak\n\n* feat(api)!: v1 is gone\n\nBREAKING CHANGE: no v1");
        assertThat(notes)
                .contains("- feat(compute): spot nodes (#12)\n")
                .contains("- fix(serve): leak (#12)\n")
                .contains("## Breaking Changes\n- api: no v1 (#12)\n")
                .contains("- chore: october work (#12)\n");
        assertThat(render(
                        Options.none(),
                        "Squashed commit of the following:\n\ncommit " + id(5)
                                + "\nAuthor: A\n\n    fix: one\n\n    feat: two"))
                .contains("## New Features\n- feat: two\n")
                .contains("## Bug Fixes\n- fix: one\n");
        assertThat(render(Options.none(), "feat: a (#3)\n\n* feat: a\n* wip\n* fix: b"))
                .containsOnlyOnce("feat: a")
                .contains("fix: b (#3)");
    }

    @Test
    void aSentenceWithAColonInTheBodyIsNoChange() {
        assertThat(render(Options.none(), "feat: a\n\nFix: see the manual.\nTest: by hand\n"))
                .isEqualTo("# Darwin v1.3.0 Release Notes\n\n## New Features\n- feat: a\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Merge pull request #7 from rita/topic\n\nfeat(compute): spot nodes",
                "Merge branch 'topic' into 'main'\n\nfeat(compute): spot nodes\n\nSee merge request team/app!7",
                "Merged in topic (pull request #7)\n\nfeat(compute): spot nodes",
                "Pull request #7: feat(compute): spot nodes\n\nMerge in APP/app from topic to main",
                "Merged PR 7: feat(compute): spot nodes",
                "Merge pull request 'feat(compute): spot nodes' (#7) from topic into main"
            })
    void titleOfAMergedPullRequestIsToldInThePlaceOfItsCommits(String message) {
        List<NoteCommit> commits = List.of(
                new NoteCommit(id(4), List.of(id(1), id(3)), message),
                new NoteCommit(id(3), List.of(id(2)), "more"),
                new NoteCommit(id(2), List.of(id(1)), "wip"),
                commit(1, "fix: before"));
        String notes = render(commits, Options.none());
        assertThat(notes)
                .contains("## New Features\n- feat(compute): spot nodes (#7)\n")
                .doesNotContain("Other Changes")
                .contains("2 commits of changes above");
        assertThat(ReleaseNotes.of(commits, Options.none()).account()).isEqualTo(new Account(2, 2, 0, 0, 0, 0));
    }

    @Test
    void aPullRequestOfOneCommitIsToldOnceWithItsNumber() {
        List<NoteCommit> commits = List.of(
                new NoteCommit(id(3), List.of(id(1), id(2)), "Merge pull request #7 from a/b\n\nfix: a leak"),
                new NoteCommit(id(2), List.of(id(1)), "fix: a leak"),
                commit(1, "fix: before"));
        assertThat(render(commits, Options.none()))
                .isEqualTo("# Darwin v1.3.0 Release Notes\n\n## Bug Fixes\n- fix: before\n- fix: a leak (#7)\n");
    }

    @Test
    void revertOfAMergeTakesAwayAllThatItBrought() {
        List<NoteCommit> commits = List.of(
                commit(
                        5,
                        "Revert \"Merge pull request #7 from a/b\"\n\nThis reverts commit " + id(4)
                                + ", reversing\nchanges made to " + id(1) + "."),
                new NoteCommit(id(4), List.of(id(1), id(3)), "Merge pull request #7 from a/b\n\nSpot nodes"),
                new NoteCommit(id(3), List.of(id(2)), "feat: nodes"),
                new NoteCommit(id(2), List.of(id(1)), "fix: nodes"),
                commit(1, "fix: before"));
        assertThat(render(commits, Options.none()))
                .isEqualTo("# Darwin v1.3.0 Release Notes\n\n## Bug Fixes\n- fix: before\n");
    }

    @Test
    void securityIsToldAlsoWhenItIsTheUpdateOfADependency() {
        assertThat(render(
                        Options.none(),
                        "chore(deps): update module example.org/zip to v1.70.0 [security] (#9)",
                        "build(deps): bump x from 1 to 2\n\nFixes CVE-2024-12345",
                        "fix: CVE-2025-1111 in the parser",
                        "chore(deps): bump y from 1 to 2",
                        "Bump z from 1.0 to 1.1"))
                .contains("""
                        ## Security
                        - chore(deps): update module example.org/zip to v1.70.0 \\[security] (#9)
                        - build(deps): bump x from 1 to 2
                        - fix: CVE-2025-1111 in the parser
                        """.replace("\\", ""))
                .contains("Also in this release: 2 dependency updates")
                .doesNotContain("Other Changes");
    }

    /** Whatever the history, each of its commits is accounted for once. */
    @Test
    void theAccountAddsUp() {
        Random random = new Random(7);
        String[] subjects = {
            "feat: a",
            "fix: b",
            "chore: c",
            "docs: d",
            "wip",
            "Bump version to 1.3.0",
            "Merge branch 'x'",
            "feat!: e",
            "Merge pull request #3 from a/b\n\nTitle",
            "chore(deps): bump a from 1 to 2",
            "x\n\n* feat: y\n* fix: z"
        };
        for (int round = 0; round < 200; round++) {
            List<NoteCommit> commits = new ArrayList<>();
            int size = 1 + random.nextInt(30);
            for (int i = 0; i < size; i++) {
                List<CommitId> parents = i == 0
                        ? List.of()
                        : i > 2 && random.nextInt(3) == 0
                                ? List.of(id(i - 1), id(random.nextInt(i - 1)))
                                : List.of(id(i - 1));
                String message = switch (random.nextInt(6)) {
                    case 0 -> "Revert \"x\"\n\nThis reverts commit " + id(random.nextInt(i + 1)) + ".";
                    case 1 -> "fix: p\n\n(cherry picked from commit " + id(random.nextInt(i + 1)) + ")";
                    default -> subjects[random.nextInt(subjects.length)];
                };
                commits.add(0, new NoteCommit(id(i), parents, message));
            }
            assertThat(ReleaseNotes.of(commits, Options.none()).account().commits())
                    .isEqualTo(size);
        }
    }
}
