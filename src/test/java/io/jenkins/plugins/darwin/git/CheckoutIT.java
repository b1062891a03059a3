package io.jenkins.plugins.darwin.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Messages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work trees for build scripts: what git archive gives, and nothing outside. */
class CheckoutIT {
    @TempDir
    Path home;

    @Test
    void writesWhatGitWrites() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        origin.git("update-index", "--add", "--cacheinfo", "160000," + origin.head() + ",sub/module");
        origin.git("commit", "-q", "-m", "feat: a submodule");
        origin.git("push", "-q", "origin", "main");
        Path ours = home.resolve("ours");
        Messages messages = new Messages();
        try (GitMirror mirror = origin.open()) {
            mirror.tree(origin.head()).checkout(ours, messages);
        }
        Path git = Files.createDirectory(home.resolve("git"));
        origin.git(home, "clone", "-q", origin.bare.toString(), git.toString());
        MirrorStore.deleteQuietly(git.resolve(".git"));
        assertThat(origin.git(home, "diff", "--no-index", "--stat", "git", "ours"))
                .isEmpty();
        assertThat(Files.isExecutable(ours.resolve("run.sh"))).isTrue();
        assertThat(Files.isExecutable(ours.resolve("README.md"))).isFalse();
        assertThat(Files.readSymbolicLink(ours.resolve("link"))).hasToString("helm/app");
        assertThat(Files.readString(ours.resolve("link/Chart.yaml"))).contains("\r\n");
        assertThat(ours.resolve("sub/module")).isEmptyDirectory();
        assertThat(messages.advanced()).isEqualTo(7);
    }

    @Test
    void refusesAFolderThatHoldsSomething() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        Path ours = Files.createDirectories(home.resolve("ours"));
        Files.writeString(ours.resolve("mine"), "keep");
        try (GitMirror mirror = origin.open()) {
            assertThatThrownBy(() -> mirror.tree(origin.head()).checkout(ours, Progress.silent()))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("is not empty");
        }
        assertThat(ours).isDirectoryNotContaining(f -> !f.endsWith("mine"));
    }

    @Test
    void refusesLinksThatLeadOutBeforeAnythingIsWritten() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        Path ours = home.resolve("ours");
        for (String target : List.of("/etc/passwd", "../outside", "helm/../../outside", "link/../../..")) {
            Files.deleteIfExists(origin.work.resolve("evil"));
            Files.createSymbolicLink(origin.work.resolve("evil"), Path.of(target));
            CommitId commit = origin.commit("feat: a link to " + target);
            origin.git("push", "-q", "origin", "main");
            try (GitMirror mirror = origin.open()) {
                assertThatThrownBy(() -> mirror.tree(commit).checkout(ours, Progress.silent()))
                        .isInstanceOf(ReleaseException.class)
                        .hasMessageContaining("Symlink out of the repository: 'evil' points to '" + target + "'");
            }
            assertThat(ours).doesNotExist();
        }
    }

    @Test
    void refusesForgedTrees() throws Exception {
        GitOrigin origin = GitOrigin.small(home);
        String blob = origin.git("rev-parse", "HEAD:README.md");
        String tree = origin.git("rev-parse", "HEAD:helm");
        String link = origin.git("rev-parse", "HEAD:link");
        List<String> forged = List.of(
                "100644 blob " + blob + "\t..",
                "100644 blob " + blob + "\t.GIT",
                "040000 tree " + tree + "\t.git",
                "120000 blob " + link + "\ta\n040000 tree " + tree + "\ta");
        for (String entries : forged) {
            Files.writeString(home.resolve("entries"), entries + "\n");
            Process mktree = new ProcessBuilder("git", "mktree")
                    .directory(origin.work.toFile())
                    .redirectInput(home.resolve("entries").toFile())
                    .start();
            String made = new String(mktree.getInputStream().readAllBytes()).strip();
            CommitId commit = new CommitId(origin.git("commit-tree", "-m", "forged", made));
            origin.git("push", "-q", "-f", "origin", commit + ":refs/heads/forged");
            try (GitMirror mirror = origin.open()) {
                assertThatThrownBy(() -> mirror.tree(commit).checkout(home.resolve("ours"), Progress.silent()))
                        .as(entries)
                        .isInstanceOf(ReleaseException.class);
            }
            assertThat(home.resolve("ours")).doesNotExist();
        }
    }
}
