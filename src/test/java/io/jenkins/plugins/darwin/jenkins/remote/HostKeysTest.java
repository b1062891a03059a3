package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.git.GitCredentials;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeysTest {
    private static final String URL = "git@git.example.org:darwin.git";

    @TempDir
    Path home;

    @Test
    void whatJenkinsNamesGoesBeforeWhatTheMachineKnows() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve(".ssh")).resolve("known_hosts"), "the machine's");
        GitRemote named =
                remote(new GitCredentials.SshKey("git", new byte[1], "", "Jenkins'".getBytes(), "the list of Jenkins"));
        assertThat(HostKeys.complete(named, home)).isSameAs(named);
        GitRemote none = remote(new GitCredentials.SshKey("git", new byte[1], "", new byte[0], "the list of Jenkins"));
        assertThat(HostKeys.complete(none, home))
                .as("an empty list trusts nobody")
                .isSameAs(none);

        GitCredentials.SshKey filled =
                (GitCredentials.SshKey) HostKeys.complete(unnamed(), home).credentials();
        assertThat(filled.knownHosts()).asString().isEqualTo("the machine's");
        assertThat(filled.knownHostsName()).contains(home.toString()).contains("Git Host Key Verification");
        assertThat(HostKeys.complete(GitRemote.of(URL), home))
                .as("no key, nothing to do")
                .isEqualTo(GitRemote.of(URL));
    }

    @Test
    void noListAtAllIsRefused() {
        assertThatThrownBy(() -> HostKeys.complete(unnamed(), home))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("expected its host key in " + home.resolve(".ssh/known_hosts"))
                .hasMessageContaining("Git Host Key Verification");
    }

    private static GitRemote unnamed() {
        return remote(new GitCredentials.SshKey("git", new byte[1], "", new byte[0], ""));
    }

    private static GitRemote remote(GitCredentials credentials) {
        return new GitRemote(URL, credentials);
    }
}
