package io.jenkins.plugins.darwin.git;

import static io.jenkins.plugins.darwin.git.GitOrigin.MANAGER;
import static io.jenkins.plugins.darwin.git.GitOrigin.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cherry-picks and merges made in memory, beside those of git. */
class GitPickAndMergeIT {
    private static final Map<String, String> MANAGER_COMMITS = Map.of(
            "GIT_COMMITTER_NAME",
            MANAGER.name(),
            "GIT_COMMITTER_EMAIL",
            MANAGER.email(),
            "GIT_COMMITTER_DATE",
            NOON.getEpochSecond() + " +0000");
    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    @TempDir
    Path home;

    private GitOrigin origin;
    private CommitId branch;

    @BeforeEach
    void twoBranches() throws IOException {
        origin = GitOrigin.small(home);
        origin.write("code.txt", LINES).commit("feat: code");
        origin.git("checkout", "-q", "-b", "release/1.3.0");
        branch = origin.write("code.txt", LINES.replace("1\n", "one\n")).commit("fix: on the branch");
        origin.git("checkout", "-q", "main");
    }

    private GitMirror open() {
        origin.git("push", "-q", "origin", "main", "release/1.3.0");
        return origin.open();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fix: crash\n",
                "fix: crash\n\nA body.\n",
                "fix: crash\n\nA body.\n\nSigned-off-by: A <a@example.org>\n",
                "fix: crash\n\nA body.\n\nCo-authored-by: A <a@example.org>\nCloses: #12\n",
                "fix: crash\n\nA body that says: so\nand more of it\n",
                "fix: crash\n\nBody\n\nFixes #12\n",
                "fix: crash\n\nBody\n\nSome prose here\nSigned-off-by: A <a@example.org>\n",
                "fix: crash\n\nBody\n\nprose\nprose\nprose\nprose\nSigned-off-by: A <a@example.org>\n",
                "fix: crash\n\nBody\n\nReviewed-by: A <a@example.org>\n and B\n",
                "fix: crash\n\n(cherry picked from commit 0123456789012345678901234567890123456789)\n",
                "fix: crash\nSigned-off-by: A <a@example.org>\n",
                "fix: größe\n\nSee https://example.org/a\n",
                "fix: crash\n\nBody\n\nhttps://example.org/a\n",
            })
    void picksAreTheVeryCommitsThatGitMakes(String message) throws Exception {
        CommitId fix = origin.write("code.txt", LINES.replace("9\n", "nine\n")).commit(message);
        PickResult made;
        try (GitMirror mirror = open()) {
            made = mirror.cherryPick(branch, fix, MANAGER, NOON);
        }
        origin.git("checkout", "-q", "release/1.3.0");
        origin.gitWith(MANAGER_COMMITS, origin.work, "cherry-pick", "-x", fix.sha());
        assertThat(made).isEqualTo(new PickResult.Picked(origin.head()));
    }

    @Test
    void picksARootCommitAndAnExecutable() throws Exception {
        origin.git("checkout", "-q", "--orphan", "other");
        origin.git("rm", "-q", "-r", "-f", ".");
        CommitId root = origin.write("only.txt", "new\n").commit("feat: root");
        origin.git("checkout", "-q", "main");
        CommitId mode = origin.write("tool", "x").commit("feat: tool");
        origin.git("update-index", "--chmod=+x", "tool");
        origin.git("commit", "-q", "--amend", "-m", "feat: tool");
        mode = origin.head();
        origin.git("push", "-q", "origin", "other");
        try (GitMirror mirror = open()) {
            PickResult.Picked picked = (PickResult.Picked) mirror.cherryPick(branch, root, MANAGER, NOON);
            assertThat(mirror.tree(picked.commit()).read("only.txt")).isPresent();
            assertThat(mirror.tree(picked.commit()).read("README.md")).isPresent();
            PickResult.Picked tool = (PickResult.Picked) mirror.cherryPick(branch, mode, MANAGER, NOON);
            assertThat(mirror.tree(tool.commit()).find("tool").get().mode()).isEqualTo(GitEntry.Mode.EXECUTABLE);
        }
    }

    @Test
    void tellsConflictsEmptyPicksAndMerges() throws Exception {
        CommitId same = origin.write("code.txt", LINES.replace("1\n", "one\n")).commit("fix: the same on trunk");
        CommitId clash = origin.write("code.txt", LINES.replace("1\n", "eins\n"))
                .write("README.md", "bye\n")
                .commit("fix: clash");
        origin.git("checkout", "-q", "-b", "side", "HEAD~1");
        origin.write("side", "1").commit("fix: side");
        origin.git("checkout", "-q", "main");
        origin.git("merge", "-q", "--no-ff", "-m", "Merge side", "side");
        CommitId merge = origin.head();
        try (GitMirror mirror = open()) {
            assertThat(mirror.cherryPick(branch, same, MANAGER, NOON)).isEqualTo(new PickResult.Empty());
            CommitId onOther = mirror.commit(
                    branch, Map.of("code.txt", "something else\n".getBytes()), MANAGER, MANAGER, NOON, "x");
            PickResult.Conflict conflict = (PickResult.Conflict) mirror.cherryPick(onOther, clash, MANAGER, NOON);
            assertThat(conflict.files()).containsExactly("code.txt");
            assertThat(conflict.describe()).startsWith("conflicts in code.txt (merged by git 2.");
            assertThatThrownBy(() -> mirror.cherryPick(branch, merge, MANAGER, NOON))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("is a merge");
        }
    }

    @Test
    void namesEveryFileThatConflicts() throws Exception {
        origin.git("checkout", "-q", "release/1.3.0");
        origin.git("rm", "-q", "README.md");
        origin.write("größe", "ours\n").commit("fix: clash on the branch");
        branch = origin.head();
        origin.git("checkout", "-q", "main");
        CommitId trunk = origin.write("README.md", "changed\n")
                .write("größe", "theirs\n")
                .write("fine", "x\n")
                .commit("feat: trunk");
        try (GitMirror mirror = open()) {
            MergeResult.Conflict conflict = (MergeResult.Conflict) mirror.merge(trunk, branch, MANAGER, NOON, "Merge");
            assertThat(conflict.files()).containsExactly("README.md", "größe");
        }
    }

    @Test
    void mergesAreTheVeryCommitsThatGitMakes() throws Exception {
        CommitId trunk = origin.write("code.txt", LINES.replace("9\n", "nine\n"))
                .write("new", "x")
                .commit("feat: trunk");
        MergeResult made;
        try (GitMirror mirror = open()) {
            made = mirror.merge(trunk, branch, MANAGER, NOON, "Merge release/1.3.0");
            assertThat(mirror.merge(trunk, trunk, MANAGER, NOON, "x")).isEqualTo(new MergeResult.AlreadyMerged());
            CommitId base = new CommitId(origin.git("merge-base", "main", "release/1.3.0"));
            assertThat(mirror.merge(branch, base, MANAGER, NOON, "x")).isEqualTo(new MergeResult.AlreadyMerged());
            assertThat(mirror.merge(base, branch, MANAGER, NOON, "x")).isEqualTo(new MergeResult.FastForward(branch));
        }
        origin.gitWith(
                Map.of(
                        "GIT_AUTHOR_NAME",
                        MANAGER.name(),
                        "GIT_AUTHOR_EMAIL",
                        MANAGER.email(),
                        "GIT_AUTHOR_DATE",
                        NOON.getEpochSecond() + " +0000",
                        "GIT_COMMITTER_NAME",
                        MANAGER.name(),
                        "GIT_COMMITTER_EMAIL",
                        MANAGER.email(),
                        "GIT_COMMITTER_DATE",
                        NOON.getEpochSecond() + " +0000"),
                origin.work,
                "merge",
                "-q",
                "-m",
                "Merge release/1.3.0",
                "release/1.3.0");
        assertThat(made).isEqualTo(new MergeResult.Merged(origin.head()));
    }

    @Test
    void refusesHistoriesThatShareNothing() throws Exception {
        origin.git("checkout", "-q", "--orphan", "other");
        CommitId other = origin.commit("feat: root");
        origin.git("push", "-q", "origin", "other");
        origin.git("checkout", "-q", "main");
        try (GitMirror mirror = open()) {
            assertThatThrownBy(() -> mirror.merge(branch, other, MANAGER, NOON, "x"))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("no history in common");
        }
    }
}
