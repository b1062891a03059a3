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
     * The same remote, with host keys where it needs some and brings none.
     *
     * @throws ReleaseException usage, when this machine knows none either
     */
    public static GitRemote complete(GitRemote remote) {
        if (!(remote.credentials() instanceof GitCredentials.SshKey key) || key.knownHosts().length > 0) {
            return remote;
        }
        Path known = Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
        try {
            return new GitRemote(remote.url(), new GitCredentials.SshKey(key.user(), key.privateKey(), key.passphrase(), Files.readAllBytes(known)));
        } catch (IOException e) {
            throw ReleaseException.usage("Cannot tell whether the Git server is the right one: expected its host key in " + known
                    + " where the step works (the agent; for a vote, the controller), or in Jenkins under Manage Jenkins, Security,"
                    + " Git Host Key Verification.", e);
        }
    }
}
