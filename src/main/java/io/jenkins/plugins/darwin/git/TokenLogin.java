package io.jenkins.plugins.darwin.git;

import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/**
 * User and token, for the remote's own host and for no other that it may redirect to; shown once, so that a wrong one
 * does not lock the account.
 */
final class TokenLogin extends CredentialsProvider {
    private final URIish remote;
    private final GitCredentials.UserToken login;
    private boolean refused;

    TokenLogin(URIish remote, GitCredentials.UserToken login) {
        this.remote = remote;
        this.login = login;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        if (refused || !supports(items) || !sameServer(remote, uri)) {
            return false;
        }
        fill(login, items);
        return true;
    }

    static void fill(GitCredentials.UserToken login, CredentialItem... items) {
        for (CredentialItem item : items) {
            if (item instanceof CredentialItem.Username name) {
                name.setValue(login.user());
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(login.token().toCharArray());
            }
        }
    }

    /** JGit calls this before it would show the same login once more. */
    @Override
    public void reset(URIish uri) {
        refused = true;
    }

    static boolean sameServer(URIish remote, URIish uri) {
        return remote.getScheme().equalsIgnoreCase(uri.getScheme())
                && remote.getHost().equalsIgnoreCase(uri.getHost())
                && remote.getPort() == uri.getPort();
    }
}
