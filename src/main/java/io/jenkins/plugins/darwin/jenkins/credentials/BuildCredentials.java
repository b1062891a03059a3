package io.jenkins.plugins.darwin.jenkins.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.darwin.git.GitCredentials;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jenkinsci.plugins.gitclient.GitHostKeyVerificationConfiguration;
import org.jenkinsci.plugins.gitclient.verifier.ManuallyProvidedKeyVerificationStrategy;

/** Credentials as one build may see them: those of its folders and of the controller, by ID. Every use is tracked. */
public final class BuildCredentials {
    private static final String APPROVED =
            "the approved host keys of Jenkins (Manage Jenkins, Security, Git Host Key Verification)";

    private final Run<?, ?> run;

    public BuildCredentials(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * Credentials that fit.
     *
     * @throws ReleaseException usage, when there are none, or only some of another kind
     */
    public StandardCredentials find(String id, CredentialsKind kind) {
        for (Class<? extends StandardCredentials> type : kind.types()) {
            StandardCredentials found = CredentialsProvider.findCredentialById(id, type, run);
            if (found != null) {
                return CredentialsProvider.track(run, found);
            }
        }
        StandardCredentials other = CredentialsProvider.findCredentialById(id, StandardCredentials.class, run);
        throw ReleaseException.usage(
                other == null
                        ? "There are no credentials '" + id + "' that "
                                + run.getParent().getFullDisplayName() + " may use: expected, for " + kind.purpose()
                                + ", " + kind.expected()
                                + ". Add them to the job's folder or to the controller, or correct the ID."
                        : "The credentials '" + id + "' are of the wrong kind: expected, for " + kind.purpose() + ", "
                                + kind.expected() + ", found "
                                + other.getDescriptor().getDisplayName() + ".");
    }

    /** @throws ReleaseException usage, as {@link #find} */
    public GitCredentials git(String id) {
        StandardCredentials found = find(id, CredentialsKind.GIT);
        if (found instanceof SSHUserPrivateKey key) {
            return new GitCredentials.SshKey(
                    key.getUsername(),
                    privateKey(key).getBytes(StandardCharsets.UTF_8),
                    Secret.toString(key.getPassphrase()),
                    approved().orElse("").getBytes(StandardCharsets.UTF_8),
                    approved().isPresent() ? APPROVED : "");
        }
        StandardUsernamePasswordCredentials login = (StandardUsernamePasswordCredentials) found;
        return new GitCredentials.UserToken(
                login.getUsername(), login.getPassword().getPlainText());
    }

    /** @throws ReleaseException usage, as {@link #find} */
    public StandardUsernamePasswordCredentials registry(String id) {
        return (StandardUsernamePasswordCredentials) find(id, CredentialsKind.REGISTRY);
    }

    private static String privateKey(SSHUserPrivateKey key) {
        return key.getPrivateKeys().stream()
                .findFirst()
                .orElseThrow(() -> ReleaseException.usage(
                        "The credentials '" + key.getId() + "' hold no SSH key: expected one, found an empty entry."));
    }

    /**
     * Host keys that an administrator gave; empty for what the machine that connects knows itself. A release is never pushed to a
     * server that nobody has vouched for, so "Accept first connection" and "No verification" count for nothing here.
     */
    private static Optional<String> approved() {
        return GitHostKeyVerificationConfiguration.get().getSshHostKeyVerificationStrategy()
                        instanceof ManuallyProvidedKeyVerificationStrategy keys
                ? Optional.of(keys.getApprovedHostKeys())
                : Optional.empty();
    }
}
