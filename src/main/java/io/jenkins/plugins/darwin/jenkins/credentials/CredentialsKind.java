package io.jenkins.plugins.darwin.jenkins.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** What credentials are for, and the types that will do. */
public enum CredentialsKind {
    GIT(
            "Git",
            "a username with password or an SSH key",
            List.of(StandardUsernamePasswordCredentials.class, SSHUserPrivateKey.class)),
    REGISTRY("the registry", "a username with password", List.of(StandardUsernamePasswordCredentials.class)),
    SIGNING(
            "signing",
            "an OpenPGP signing key, or a secret file or text with one that needs no passphrase",
            List.of(SigningKeyCredentials.class, FileCredentials.class, StringCredentials.class)),
    WEBHOOK("the webhook", "a secret text", List.of(StringCredentials.class));

    private final String purpose;
    private final String expected;
    private final List<Class<? extends StandardCredentials>> types;

    CredentialsKind(String purpose, String expected, List<Class<? extends StandardCredentials>> types) {
        this.purpose = purpose;
        this.expected = expected;
        this.types = types;
    }

    /** What they open, for a sentence. */
    public String purpose() {
        return purpose;
    }

    /** What is accepted, for a sentence. */
    public String expected() {
        return expected;
    }

    public List<Class<? extends StandardCredentials>> types() {
        return types;
    }

    boolean accepts(Object credentials) {
        return types.stream().anyMatch(type -> type.isInstance(credentials));
    }
}
