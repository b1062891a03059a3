package io.jenkins.plugins.darwin.git;

import static io.jenkins.plugins.darwin.git.GitOrigin.MANAGER;
import static io.jenkins.plugins.darwin.git.GitOrigin.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the mirror reads, and the commits that it makes, beside what git says. */
class GitMirrorIT {
    @TempDir
    Path home;

    @Test
    void readsRefsAsGitHasThem() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = origin.open()) {
            CommitId first = new CommitId(origin.git("rev-parse", "HEAD~1"));
            assertThat(mirror.branches()).containsExactly(Map.entry("main", origin.head()));
            assertThat(mirror.tags()).containsExactly(Map.entry("light", first), Map.entry("v1.2.0", first));
            assertThat(mirror.tag("light")).contains(new TagRef(first, first, false));
            assertThat(mirror.tag("v1.2.0"))
                    .contains(new TagRef(new CommitId(origin.git("rev-parse", "v1.2.0")), first, true));
            assertThat(mirror.tag("v9.9.9")).isEmpty();
            assertThat(mirror.isAncestor(first, origin.head())).isTrue();
            assertThat(mirror.isAncestor(origin.head(), first)).isFalse();
            assertThat(mirror.isEmpty()).isFalse();
        }
    }

    @Test
    void knowsTheDefaultBranchAtEveryFetch() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        origin.git("push", "-q", "origin", "main:refs/heads/master", "main:refs/heads/develop");
        try (GitMirror mirror = origin.open()) {
            assertThat(mirror.defaultBranch()).contains("main");
            origin.git(origin.bare, "symbolic-ref", "HEAD", "refs/heads/develop");
            mirror.fetch();
            assertThat(mirror.defaultBranch()).contains("develop");
        }
        try (GitMirror again = origin.open()) {
            assertThat(again.defaultBranch()).contains("develop");
            origin.git(origin.bare, "symbolic-ref", "HEAD", "refs/heads/nothing");
            again.fetch();
            assertThat(again.defaultBranch()).isEmpty();
            origin.git(
                    origin.bare,
                    "update-ref",
                    "--no-deref",
                    "HEAD",
                    origin.head().toString());
            again.fetch();
            assertThat(again.defaultBranch()).isEmpty();
        }
    }

    @Test
    void seesWhatMovedAndWhatWent() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        origin.git("push", "-q", "origin", "main:refs/heads/old");
        try (GitMirror mirror = origin.open()) {
            assertThat(mirror.branch("old")).isPresent();
            origin.git("commit", "-q", "--amend", "-m", "rewritten");
            origin.git("push", "-q", "-f", "origin", "main", ":old", ":light");
            assertThat(mirror.branch("old")).isPresent();
            mirror.fetch();
            assertThat(mirror.branch("old")).isEmpty();
            assertThat(mirror.tag("light")).isEmpty();
            assertThat(mirror.requireBranch("main")).isEqualTo(origin.head());
        }
    }

    @Test
    void listsFilesInTheOrderOfTheirBytesWithModesAndSizes() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        origin.write("helm.txt", "x").write("helm-x", "y").commit("chore: names that sort between");
        origin.git("push", "-q", "origin", "main");
        try (GitMirror mirror = origin.open()) {
            GitTree tree = mirror.tree(origin.head());
            List<String> git = Arrays.asList(origin.git("-c", "core.quotePath=false", "ls-tree", "-r", "-l", "HEAD")
                    .split("\n"));
            assertThat(tree.list())
                    .extracting(e -> switch (e.mode()) {
                                case REGULAR -> "100644";
                                case EXECUTABLE -> "100755";
                                case SYMLINK -> "120000";
                                case GITLINK -> "160000";
                            }
                            + " " + (e.mode() == GitEntry.Mode.GITLINK ? "commit" : "blob") + " " + e.id() + " "
                            + String.format("%7d", e.size()) + "\t" + e.path())
                    .containsExactlyElementsOf(git);
            assertThat(tree.list("helm"))
                    .extracting(GitEntry::path)
                    .containsExactly("helm/app/Chart.yaml", "helm/app/values.yaml");
            assertThat(tree.find("helm")).isEmpty();
            assertThat(tree.read("helm/app/Chart.yaml"))
                    .get()
                    .isEqualTo("version: 1.2.0\r\nname: app\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(tree.read("dökumente/größe 大.txt"))
                    .get()
                    .isEqualTo("unicode\n".getBytes(StandardCharsets.UTF_8));
            assertThat(tree.read("link")).get().isEqualTo("helm/app".getBytes(StandardCharsets.UTF_8));
            assertThat(tree.read("nothing")).isEmpty();
            assertThatThrownBy(() -> tree.read("../etc/passwd")).isInstanceOf(ReleaseException.class);
        }
    }

    @Test
    void streamsABigFile() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        byte[] big = new byte[60 << 20]; // over JGit's 50 MB threshold, so it can't come from memory
        new java.util.Random(7).nextBytes(big);
        Files.write(origin.work.resolve("big.bin"), big);
        CommitId commit = origin.commit("feat: big");
        origin.git("push", "-q", "origin", "main");
        try (GitMirror mirror = origin.open()) {
            GitEntry entry = mirror.tree(commit).find("big.bin").orElseThrow();
            assertThat(entry.size()).isEqualTo(big.length);
            try (InputStream in = mirror.tree(commit).open(entry)) {
                assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(big, 1000));
                assertThat(Arrays.equals(in.readAllBytes(), 0, big.length - 1000, big, 1000, big.length))
                        .isTrue();
            }
        }
    }

    @Test
    void readsHistoryAsGitLog() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        origin.git("checkout", "-q", "-b", "side", "HEAD~1");
        origin.write("side", "1").commit("fix: on the side\n\nCloses #3\n");
        origin.git("checkout", "-q", "main");
        origin.git("merge", "-q", "--no-ff", "-m", "Merge side", "side");
        origin.git("push", "-q", "origin", "main");
        try (GitMirror mirror = origin.open()) {
            List<CommitInfo> all = mirror.log(Optional.empty(), origin.head());
            assertThat(all)
                    .extracting(c -> c.id().sha())
                    .containsExactlyInAnyOrder(origin.git("rev-list", "HEAD").split("\n"))
                    .startsWith(origin.head().sha());
            assertThat(mirror.log(Optional.of(mirror.tag("v1.2.0").get().commit()), origin.head()))
                    .extracting(CommitInfo::subject)
                    .containsExactlyInAnyOrder("Merge side", "fix: on the side", "fix: second");
            CommitInfo side = mirror.info(new CommitId(origin.git("rev-parse", "side")));
            assertThat(side.message()).isEqualTo("fix: on the side\n\nCloses #3\n");
            assertThat(side.author().toString()).isEqualTo("Ann Author <ann@example.org>");
            assertThat(side.authorTime().getOffset()).isEqualTo(ZoneOffset.ofHoursMinutes(5, 30));
            assertThat(side.committerTime().getEpochSecond()).isEqualTo(1767225600);
            assertThat(side.isMerge()).isFalse();
            assertThat(all.get(0).isMerge()).isTrue();
        }
    }

    @Test
    void resolvesOnlyWhatIsOneReachableCommit() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = origin.open()) {
            assertThat(mirror.resolveCommit(origin.head().sha().substring(0, 7)))
                    .isEqualTo(origin.head());
            CommitId loose = mirror.commit(origin.head(), Map.of("x", new byte[0]), MANAGER, MANAGER, NOON, "unpushed");
            assertThatThrownBy(() -> mirror.resolveCommit(loose.sha()))
                    .hasMessageContaining("on no branch and under no tag");
            assertThatThrownBy(() -> mirror.resolveCommit("0123456789")).hasMessageContaining("No commit 0123456789");
            assertThatThrownBy(() -> mirror.resolveCommit("HEAD~1"))
                    .hasMessageContaining("expected 4 to 40 hex digits");
            String blob = origin.git("rev-parse", "HEAD:README.md");
            assertThatThrownBy(() -> mirror.resolveCommit(blob)).hasMessageContaining("No commit " + blob);
            CommitId unknown = new CommitId("0123456789012345678901234567890123456789");
            assertThatThrownBy(() -> mirror.tree(unknown)).hasMessageContaining("was it pushed?");
        }
    }

    @Test
    void saysThatARepositoryIsEmptyOrLacksItsTrunk() throws Exception {
        GitOrigin empty = GitOrigin.empty(Files.createDirectory(home.resolve("empty")));
        try (GitMirror mirror = empty.open()) {
            assertThat(mirror.isEmpty()).isTrue();
            assertThatThrownBy(() -> mirror.requireBranch("main"))
                    .hasMessageContaining("is empty: push a first commit");
        }
        GitOrigin other = GitOrigin.small(Files.createDirectory(home.resolve("other")));
        try (GitMirror mirror = other.open()) {
            assertThatThrownBy(() -> mirror.requireBranch("trunk"))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("has no branch 'trunk': it has main.");
        }
    }

    @Test
    void refusesAShallowOriginAndWhatIsNoRepository() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        origin.git(home, "clone", "-q", "--depth", "1", "file://" + origin.bare, "shallow");
        for (String url : List.of(
                home.resolve("shallow").toString(), home.resolve("shallow/.git").toString())) {
            assertThatThrownBy(() -> GitMirror.open(GitRemote.of(url), origin.cache, Progress.silent()))
                    .hasMessageContaining("git fetch --unshallow");
        }
        assertThatThrownBy(() ->
                        GitMirror.open(GitRemote.of(home.resolve("none").toString()), origin.cache, Progress.silent()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("No Git repository at");
    }

    @Test
    void commitsTouchOnlyWhatTheyEditAndPassFsck() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = origin.open()) {
            CommitId made = mirror.commit(
                    origin.head(),
                    Map.of(
                            "helm/app/Chart.yaml", "version: 1.3.0\r\nname: app\r\n".getBytes(StandardCharsets.UTF_8),
                            "run.sh", "#!/bin/sh\necho changed\n".getBytes(StandardCharsets.UTF_8),
                            "new/deep/größe.txt", "new\n".getBytes(StandardCharsets.UTF_8),
                            "helm.a", "sorts before helm/\n".getBytes(StandardCharsets.UTF_8)),
                    MANAGER,
                    MANAGER,
                    NOON,
                    "chore: bump version to 1.3.0-RC1");
            assertThat(mirror.push(List.of(RefUpdate.createBranch("release/1.3.0", made))))
                    .isEqualTo(new PushOutcome.Done());
            assertThat(mirror.branch("release/1.3.0")).contains(made);
        }
        origin.git(origin.bare, "fsck", "--strict", "--no-dangling");
        origin.git("fetch", "-q", "origin");
        String change =
                origin.git("-c", "core.quotePath=false", "diff", "--raw", "--abbrev=1", "main", "origin/release/1.3.0");
        assertThat(change.lines().map(l -> l.replaceAll("^:(\\d+ \\d+) \\w+ \\w+ (\\w)\\t", "$1 $2 ")))
                .containsExactly(
                        "000000 100644 A helm.a",
                        "100644 100644 M helm/app/Chart.yaml",
                        "000000 100644 A new/deep/größe.txt",
                        "100755 100755 M run.sh");
        assertThat(origin.git("log", "-1", "--format=%an <%ae> %ad|%cn %cd|%s", "--date=iso", "origin/release/1.3.0"))
                .isEqualTo(
                        "Release Mänager <manager@example.org> 2026-03-01 12:00:00 +0000|Release Mänager 2026-03-01 12:00:00 +0000|"
                                + "chore: bump version to 1.3.0-RC1");
    }

    @Test
    void refusesEditsThatGoThroughLinksOrOverFolders() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        try (GitMirror mirror = origin.open()) {
            for (String path :
                    List.of("link", "link/Chart.yaml", "helm", "README.md/x", "../x", ".git/config", "/etc/x")) {
                assertThatThrownBy(() ->
                                mirror.commit(origin.head(), Map.of(path, new byte[1]), MANAGER, MANAGER, NOON, "no"))
                        .as(path)
                        .isInstanceOf(ReleaseException.class)
                        .hasMessageContaining("'" + path + "'");
            }
        }
    }
}
