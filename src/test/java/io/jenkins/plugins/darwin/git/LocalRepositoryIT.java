package io.jenkins.plugins.darwin.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.GitHttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which repository a clone's releases belong to, and with which login it is asked. */
class LocalRepositoryIT {
    @TempDir
    Path home;

    private GitOrigin origin;

    @BeforeEach
    void origin() throws IOException {
        origin = GitOrigin.small(home);
    }

    private LocalRepository.Found found(boolean push) {
        return LocalRepository.remote(".", origin.work, push);
    }

    @Test
    void aPathIsRelativeToTheClone() {
        origin.git("remote", "set-url", "origin", "../origin.git");
        assertThat(found(false).url()).isEqualTo(origin.bare.toString());
        assertThat(LocalRepository.remote(".", origin.work.resolve("helm"), true)
                        .url())
                .isEqualTo(origin.bare.toString());
    }

    /** With the program git, and by JGit alone. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/nowhere"})
    void shortNamesAreExpandedForFetchesAndPushes(String path) throws IOException {
        String programs = path.isEmpty() ? System.getenv("PATH") : path;
        origin.git("config", "url." + home + "/.insteadOf", "work:");
        origin.git("config", "url." + home + "/pushed/.pushInsteadOf", "https://git.example.org/");
        origin.git("remote", "set-url", "origin", "work:origin.git");
        origin.git("remote", "add", "read", "https://git.example.org/a.git");
        origin.git("remote", "add", "both", "https://git.example.org/a.git");
        origin.git("remote", "set-url", "--push", "both", "ssh://git@git.example.org/a.git");
        try (Repository repository =
                new FileRepositoryBuilder().setWorkTree(origin.work.toFile()).build()) {
            CloneRemotes remotes = new CloneRemotes(repository, origin.work, programs);
            assertThat(remotes.address("origin", false)).isEqualTo(home + "/origin.git");
            assertThat(remotes.address("read", false)).isEqualTo("https://git.example.org/a.git");
            assertThat(remotes.address("read", true)).isEqualTo(home + "/pushed/a.git");
            assertThat(remotes.address("both", true)).isEqualTo("ssh://git@git.example.org/a.git");
            assertThat(remotes.address("https://elsewhere.example.org/x", true))
                    .isEqualTo("https://elsewhere.example.org/x");
        }
    }

    @Test
    void severalPlacesForPushesAreRefused() {
        origin.git("remote", "set-url", "--push", "origin", "/a");
        origin.git("remote", "set-url", "--push", "--add", "origin", "/b");
        assertThatThrownBy(() -> found(true))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("has 2 addresses for pushes")
                .hasMessageContaining("--repo");
    }

    @Test
    void aForksCloneReleasesInTheProjectThatTrunkFollows() {
        origin.git("remote", "rename", "origin", "upstream");
        origin.git("remote", "add", "origin", home + "/fork.git");
        origin.git("config", "branch.main.remote", "upstream");
        origin.git("config", "remote.pushDefault", "origin");
        assertThat(found(true).name()).contains("upstream");
        assertThat(found(true).url()).isEqualTo(origin.bare.toString());

        origin.git("config", "--unset", "branch.main.remote");
        assertThat(found(true).name()).contains("origin");
    }

    @Test
    void theOnlyRemoteNeedsNoNameAndOfTwoOneIsAskedFor() {
        origin.git("remote", "rename", "origin", "company");
        assertThat(found(true).name()).contains("company");
        origin.git("remote", "add", "other", "/b");
        assertThatThrownBy(() -> found(true)).hasMessageContaining("the remotes company, other");
        origin.git("remote", "remove", "company");
        origin.git("remote", "remove", "other");
        assertThat(found(true).name()).isEqualTo(Optional.empty());
    }

    @Test
    void theNameInAnAddressIsKeptForTheLogin() {
        origin.git("remote", "set-url", "origin", "https://rita@git.example.org/a.git");
        assertThat(found(false))
                .isEqualTo(new LocalRepository.Found("https://git.example.org/a.git", "rita", Optional.of("origin")));
    }

    @Test
    void sha256IsRefusedInOneSentence() throws IOException {
        origin.git(home, "init", "-q", "--bare", "--object-format=sha256", "new.git");
        GitRemote remote = GitRemote.of(home.resolve("new.git").toString());
        assertThatThrownBy(() -> GitMirror.open(remote, origin.cache, Progress.silent()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("by SHA-256")
                .hasMessageContaining("expected one with SHA-1");
        origin.git(home, "init", "-q", "--object-format=sha256", "clone");
        assertThatThrownBy(() -> LocalRepository.remoteUrl("clone", home)).hasMessageContaining("by SHA-256");
    }

    @Test
    void aServersLoginComesFromTheHelperOfTheClone() throws Exception {
        try (GitHttpServer server = new GitHttpServer(home)) {
            Path asked = home.resolve("asked");
            origin.git(
                    "config",
                    "credential.helper",
                    "!f() { cat >> '" + asked + "'; echo username=reader; echo password=" + GitHttpServer.TOKEN
                            + "; }; f");
            GitRemote remote =
                    new GitRemote(server.url("/origin.git"), new GitCredentials.OfUser(origin.work.toString(), ""));
            try (GitMirror mirror = GitMirror.open(remote, origin.cache, Progress.silent())) {
                assertThat(mirror.branch("main")).isPresent();
            }
            assertThat(asked).content().contains("protocol=http", "host=127.0.0.1:");
            assertThat(Files.exists(home.resolve(".netrc"))).isFalse();
        }
    }

    @Test
    void aHelperThatKnowsNothingEndsInASentence() throws Exception {
        try (GitHttpServer server = new GitHttpServer(home)) {
            origin.git("config", "credential.helper", "!f() { :; }; f");
            GitRemote remote =
                    new GitRemote(server.url("/origin.git"), new GitCredentials.OfUser(origin.work.toString(), ""));
            assertThatThrownBy(() -> GitMirror.open(remote, origin.cache, Progress.silent()))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("Git's credential helpers")
                    .satisfies(e ->
                            assertThat(((ReleaseException) e).next()).containsExactly(Next.of(Next.Act.LOG_IN_TO_GIT)));
        }
    }
}
