package io.jenkins.plugins.darwin.git;

import static io.jenkins.plugins.darwin.git.GitOrigin.MANAGER;
import static io.jenkins.plugins.darwin.git.GitOrigin.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.RealSshd;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A remote behind a real sshd of our own, with keys of all usual kinds. */
class GitSshIT {
    @TempDir
    Path home;

    private GitOrigin origin;
    private RealSshd sshd;

    @BeforeEach
    void start() throws Exception {
        origin = GitOrigin.small(home);
        sshd = RealSshd.start(home.resolve("server"), "ed25519");
    }

    @AfterEach
    void stop() {
        sshd.close();
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String url() {
        return sshd.url(origin.bare);
    }

    private String knownHost() {
        return sshd.knownHost();
    }

    private byte[] key(String passphrase, String... options) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("ssh-keygen", "-q", "-N", passphrase, "-f", "key"));
        command.addAll(List.of(options));
        Tools.run(home, command.toArray(String[]::new));
        sshd.authorize(read("key.pub"));
        return Files.readAllBytes(home.resolve("key"));
    }

    private GitMirror open(byte[] key, String passphrase, String knownHosts) {
        return GitMirror.open(
                new GitRemote(url(), new GitCredentials.SshKey("git", key, passphrase, knownHosts.getBytes())),
                origin.cache,
                Progress.silent());
    }

    @ParameterizedTest
    @CsvSource({
        "'',ed25519,''",
        "secret phrase,ed25519,''",
        "secret phrase,rsa,''",
        "secret phrase,rsa,PEM",
        "'',ecdsa,PEM"
    })
    void fetchesAndPushesWithAKey(String passphrase, String type, String format) throws Exception {
        byte[] key = format.isEmpty() ? key(passphrase, "-t", type) : key(passphrase, "-t", type, "-m", format);
        List<?> providers = List.of(Security.getProviders());
        try (GitMirror mirror = open(key, passphrase, knownHost())) {
            CommitId made = mirror.commit(
                    mirror.requireBranch("main"), Map.of("v", new byte[] {1}), MANAGER, MANAGER, NOON, "x");
            assertThat(mirror.push(List.of(RefUpdate.createBranch("b", made), RefUpdate.createTag("t", made))))
                    .isEqualTo(new PushOutcome.Done());
            assertThat(origin.at("refs/heads/b")).isEqualTo(made.sha());
        }
        assertThat(List.of(Security.getProviders()))
                .as("no provider is registered")
                .isEqualTo(providers);
    }

    @Test
    void tellsAWrongPassphraseAnUnknownServerAndAnUnknownKey() throws Exception {
        byte[] key = key("secret phrase", "-t", "ed25519");
        assertThatThrownBy(() -> open(key, "wrong", knownHost()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("the passphrase is wrong");
        assertThatThrownBy(() -> open(key, "", knownHost())).hasMessageContaining("needs a passphrase");
        assertThatThrownBy(() -> open("no key".getBytes(), "", knownHost()))
                .hasMessageContaining("Not an SSH private key");
        assertThatThrownBy(() -> open(key, "secret phrase", ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("host key that is not in the known hosts: ask");
        Tools.run(home, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "other");
        assertThatThrownBy(() -> open(key, "secret phrase", sshd.knownHost(read("other.pub"))))
                .hasMessageContaining("host key that is not in the known hosts: ask");
        sshd.authorize("");
        assertThatThrownBy(() -> open(key, "secret phrase", knownHost()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("does not accept the SSH key");
    }

    @Test
    void saysWhenTheRepositoryOrTheServerIsNotThere() throws Exception {
        byte[] key = key("", "-t", "ed25519");
        GitCredentials login =
                new GitCredentials.SshKey("git", key, "", knownHost().getBytes());
        assertThatThrownBy(() -> GitMirror.open(new GitRemote(url() + "x", login), origin.cache, Progress.silent()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("No Git repository at");
        sshd.close();
        assertThatThrownBy(() -> open(key, "", knownHost()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Can't reach");
    }

    @Test
    void theUsersOwnSshReachesTheSameServer() throws Exception {
        key("", "-t", "ed25519");
        Files.writeString(home.resolve("known_hosts"), knownHost());
        UserSsh ssh = new UserSsh(List.of(
                "ssh",
                "-F",
                "none",
                "-i",
                home.resolve("key").toString(),
                "-o",
                "UserKnownHostsFile=" + home.resolve("known_hosts")));
        RemoteLink link = new RemoteLink(GitRemote.of(url()), Progress.silent(), "", ssh);
        try (MirrorStore store = MirrorStore.open(origin.remote(), origin.cache, Progress.silent())) {
            assertThat(link.refs(store.repository())).containsKey("refs/heads/main");
            CommitId made = new CommitMaker(store.repository(), JGitTreeMerger::new)
                    .edit(
                            origin.head(),
                            Map.of("v", new byte[1]),
                            Ids.ident(MANAGER, NOON),
                            CommitForm.plain(MANAGER, NOON),
                            "x");
            assertThat(new Pusher(store.repository(), link).push(List.of(RefUpdate.createBranch("b", made))))
                    .isEqualTo(new PushOutcome.Done());
            assertThat(origin.at("refs/heads/b")).isEqualTo(made.sha());

            sshd.authorize("");
            assertThatThrownBy(() -> link.refs(store.repository()))
                    .satisfies(e -> assertThat(GitFailures.of(GitRemote.of(url()), "reading", e))
                            .hasMessageContaining("does not accept this machine's own credentials"));
        }
        RemoteSession session =
                new UserSsh(List.of("no-such-program-x")).getSession(new URIish(url()), null, FS.DETECTED, 0);
        assertThatThrownBy(() -> session.exec("x", 0)).hasMessageContaining("'ssh' is not there");
    }
}
