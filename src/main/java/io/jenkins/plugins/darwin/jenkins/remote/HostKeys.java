package io.jenkins.plugins.darwin.jenkins.remote;

import io.jenkins.plugins.darwin.git.GitCredentials;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Servers that an SSH key may be shown to: those that the controller names, else those that this machine knows. */
public final class HostKeys {
    private HostKeys() {}

    /**
     * The same remote, with host keys where it needs some and brings no list.
     *
     * @throws ReleaseException usage, when this machine has none either
     */
    public static GitRemote complete(GitRemote remote) {
        return complete(remote, Path.of(System.getProperty("user.home")));
    }

    static GitRemote complete(GitRemote remote, Path home) {
        if (!(remote.credentials() instanceof GitCredentials.SshKey key)
                || !key.knownHostsName().isEmpty()) {
            return remote;
        }
        Path file = home.resolve(".ssh/known_hosts");
        try {
            String name = file
                    + " on the machine where the step works (the agent; for a vote, the controller), and Jenkins names none under"
                    + " Manage Jenkins, Security, Git Host Key Verification, Manually provided keys";
            return new GitRemote(
                    remote.url(),
                    new GitCredentials.SshKey(
                            key.user(), key.privateKey(), key.passphrase(), Files.readAllBytes(file), name),
                    remote.network());
        } catch (IOException e) {
            throw ReleaseException.usage(
                    "Cannot tell whether the Git server is the right one: expected its host key in " + file
                            + " where the step works (the agent; for a vote, the controller), or in Jenkins under Manage Jenkins, Security,"
                            + " Git Host Key Verification, Manually provided keys.",
                    e);
        }
    }
}
