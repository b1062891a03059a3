package io.jenkins.plugins.darwin.git;

import static io.jenkins.plugins.darwin.git.GitOrigin.MANAGER;
import static io.jenkins.plugins.darwin.git.GitOrigin.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.GitHttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A remote over http with user and token, real git behind it. */
class GitHttpIT {
    @TempDir
    Path home;

    private GitOrigin origin;
    private GitHttpServer server;

    @BeforeEach
    void start() throws IOException {
        origin = GitOrigin.small(home);
        server = new GitHttpServer(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private GitMirror open(String url, String user, String token) {
        return GitMirror.open(
                new GitRemote(url, new GitCredentials.UserToken(user, token)), origin.cache, Progress.silent());
    }

    @Test
    void fetchesAndPushesWithTheToken() throws Exception {
        try (GitMirror mirror = open(server.url("/origin.git"), "writer", GitHttpServer.TOKEN)) {
            CommitId made = mirror.commit(
                    mirror.requireBranch("main"), Map.of("v", new byte[] {1}), MANAGER, MANAGER, NOON, "x");
            List<RefUpdate> both =
                    List.of(RefUpdate.createBranch("release/1.3.0", made), RefUpdate.createTag("x", made));
            assertThat(mirror.push(both)).isEqualTo(new PushOutcome.Done());
            assertThat(origin.at("refs/heads/release/1.3.0")).isEqualTo(made.sha());

            CommitId other = mirror.commit(origin.head(), Map.of("v", new byte[] {2}), MANAGER, MANAGER, NOON, "y");
            origin.write("more", "x").commit("feat: somebody else");
            CommitId before = mirror.requireBranch("main");
            origin.git("push", "-q", "origin", "main");
            PushOutcome.Rejected late = (PushOutcome.Rejected)
                    mirror.push(List.of(RefUpdate.createTag("y", other), RefUpdate.moveBranch("main", before, other)));
            assertThat(late.moved()).isTrue();
            assertThat(origin.at("refs/tags/y")).isEmpty();
        }
        try (var files = Files.walk(origin.cache)) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(f -> contains(f, GitHttpServer.TOKEN));
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysWhoMayPushAndSendsNothing() {
        String before = origin.git(origin.bare, "for-each-ref") + origin.git(origin.bare, "count-objects", "-v");
        try (GitMirror mirror = open(server.url("/origin.git"), "writer", GitHttpServer.TOKEN)) {
            mirror.requirePush();
        }
        try (GitMirror mirror = open(server.url("/origin.git"), "reader", GitHttpServer.TOKEN)) {
            assertThatThrownBy(mirror::requirePush)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("user 'reader' and the token")
                    .hasMessageContaining("lack the right for this");
        }
        assertThat(origin.git(origin.bare, "for-each-ref") + origin.git(origin.bare, "count-objects", "-v"))
                .isEqualTo(before);
    }

    @Test
    void tellsAWrongTokenFromNoRightAndFromNoRepository() {
        assertThatThrownBy(() -> open(server.url("/origin.git"), "writer", "wrong-t0ken"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("does not accept user 'writer' and the token")
                .hasMessageNotContaining("wrong-t0ken");
        assertThat(server.logins())
                .filteredOn(login -> !login.equals("-"))
                .as("shown once, so that no account is locked")
                .hasSize(1);
        assertThatThrownBy(
                        () -> GitMirror.open(GitRemote.of(server.url("/origin.git")), origin.cache, Progress.silent()))
                .hasMessageContaining("does not accept this machine's own credentials");
        assertThatThrownBy(() -> open(server.url("/nothing.git"), "reader", GitHttpServer.TOKEN))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("No Git repository at");
        try (GitMirror mirror = open(server.url("/origin.git"), "reader", GitHttpServer.TOKEN)) {
            assertThatThrownBy(() -> mirror.push(List.of(RefUpdate.createBranch("b", origin.head()))))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("Forbidden: user 'reader' and the token are known");
        }
        assertThat(origin.at("refs/heads/b")).isEmpty();
    }

    @Test
    void saysWhenTheServerIsDown() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> open("http://127.0.0.1:" + port + "/a", "reader", "x"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Can't reach http://127.0.0.1:" + port + "/a");
        assertThatThrownBy(() -> open("https://no-such-host.invalid/a", "reader", "x"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("No such host");
    }

    @Test
    void anotherServerThatIsRedirectedToNeverSeesTheToken() throws Exception {
        try (GitHttpServer other = new GitHttpServer(home)) {
            server.redirect(other.url(""));
            assertThatThrownBy(() -> open(server.url("/origin.git"), "reader", GitHttpServer.TOKEN))
                    .isInstanceOf(ReleaseException.class);
            assertThat(other.logins()).isNotEmpty().containsOnly("-");
        }
    }

    @Test
    void refusesAShallowServer() throws Exception {
        origin.git(home, "clone", "-q", "--bare", "--depth", "1", "file://" + origin.bare, "shallow.git");
        assertThatThrownBy(() -> open(server.url("/shallow.git"), "reader", GitHttpServer.TOKEN))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("git fetch --unshallow");
        try (var files = Files.list(origin.cache)) {
            assertThat(files).noneMatch(f -> f.toString().endsWith(".git"));
        }
    }

    @Test
    void opensAnEmptyRepositoryAndPushesItsFirstTag() throws Exception {
        GitOrigin empty = GitOrigin.empty(Files.createDirectory(home.resolve("e")));
        try (GitMirror mirror = open(server.url("/e/origin.git"), "writer", GitHttpServer.TOKEN)) {
            assertThat(mirror.isEmpty()).isTrue();
            empty.write("a", "b").commit("feat: first");
            empty.git("push", "-q", "origin", "main");
            mirror.fetch();
            assertThat(mirror.requireBranch("main")).isEqualTo(empty.head());
        }
    }
}
