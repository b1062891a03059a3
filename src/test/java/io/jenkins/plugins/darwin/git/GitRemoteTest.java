package io.jenkins.plugins.darwin.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitRemoteTest {
    @ParameterizedTest
    @CsvSource({
        "/srv/git/a.git, PATH",
        "/srv/with:colon/a, PATH",
        "file:///srv/a.git, PATH",
        "https://example.org/a/b.git, HTTP",
        "https://example.org:8443/a, HTTP",
        "http://127.0.0.1:8080/a, HTTP",
        "http://localhost/a, HTTP",
        "http://[::1]:80/a, HTTP",
        "ssh://git@example.org:2222/a.git, SSH",
        "ssh://example.org/~me/a.git, SSH",
        "git@example.org:a/b.git, SSH"
    })
    void knowsTheKinds(String url, GitRemote.Transport transport) {
        assertThat(GitRemote.of(url).transport()).isEqualTo(transport);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-upload-pack=touch x",
                "relative/path",
                "../a",
                "ext::sh -c id",
                "git://example.org/a",
                "ftp://example.org/a",
                "http://example.org/a",
                "http://127.0.0.1.example.org/a",
                "https://example.org",
                "https:///a",
                "https://example.org/a?b=c",
                "https://example.org/a#b",
                "file://host/a",
                "ssh://-oProxyCommand=id/a",
                "ssh://-x@example.org/a",
                "ssh://example.org/-x",
                "-x@example.org:a",
                "git@-example.org:a",
                "git@example.org:-a",
                "https://exa mple.org/a",
                "/a\nb",
                "::",
                "data:x"
            })
    void refusesTheRest(String url) {
        assertThatThrownBy(() -> GitRemote.of(url))
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:hunter2@example.org/a",
                "https://hunter2@example.org/a",
                "ssh://me:hunter2@example.org/a",
                "https://me:hunter2@example.org/a b",
                "ftp://me:hunter2@example.org/a"
            })
    void refusesCredentialsInsideAndDoesNotRepeatThem(String url) {
        assertThatThrownBy(() -> GitRemote.of(url))
                .isInstanceOf(ReleaseException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void credentialsFitTheirTransport() {
        GitCredentials token = new GitCredentials.UserToken("me", "hunter2");
        GitCredentials key = new GitCredentials.SshKey("git", new byte[] {1}, "hunter2", new byte[] {2});
        assertThatThrownBy(() -> new GitRemote("git@example.org:a", token))
                .hasMessageContaining("fit an https remote only");
        assertThatThrownBy(() -> new GitRemote("/srv/a", token)).hasMessageContaining("fit an https remote only");
        assertThatThrownBy(() -> new GitRemote("https://example.org/a", key))
                .hasMessageContaining("fits an ssh remote only");
        assertThat(new GitRemote("https://example.org/a", token).credentials()).isSameAs(token);
    }

    @Test
    void textFormsShowNoSecretAndAnAgentCanBeGivenThem() throws Exception {
        GitCredentials token = new GitCredentials.UserToken("me", "hunter2");
        GitCredentials key = new GitCredentials.SshKey("git", "hunter2".getBytes(), "hunter2", new byte[] {2});
        assertThat(token.toString() + key + new GitRemote("https://example.org/a", token))
                .doesNotContain("hunter2");
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(new GitRemote("https://example.org/a", token));
            out.writeObject(new GitRemote("git@example.org:a", key));
        }
    }
}
