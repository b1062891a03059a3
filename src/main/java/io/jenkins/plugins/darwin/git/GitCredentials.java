package io.jenkins.plugins.darwin.git;

import java.io.Serializable;
import java.util.Objects;

/**
 * How to show the remote who is asking. Secrets are never part of a text form.
 *
 * <p>{@code Serializable} so that a controller can hand them to its agent; never write them to a disk.
 */
public sealed interface GitCredentials extends Serializable {
    /** Whatever the machine has: nothing for a path or http; the user's own {@code ssh} (its agent, keys, configuration). */
    record None() implements GitCredentials {}

    /**
     * For https, and http to this machine: what the user that this process runs as has set up for git there,
     * {@code .netrc} and credential helpers. Never on a controller, whose user is nobody's.
     *
     * @param folder whose repository's configuration counts, too
     * @param user the name at the server, "" for any
     */
    record OfUser(String folder, String user) implements GitCredentials {
        public OfUser {
            Objects.requireNonNull(folder);
            Objects.requireNonNull(user);
        }
    }

    /** For https, and http to this machine. */
    record UserToken(String user, String token) implements GitCredentials {
        public UserToken {
            Objects.requireNonNull(user);
            Objects.requireNonNull(token);
        }

        @Override
        public String toString() {
            return "UserToken[user=" + user + "]";
        }
    }

    /**
     * For ssh.
     *
     * @param user the name at the server; the URL's goes first
     * @param privateKey a private key file's content, OpenSSH or PEM
     * @param passphrase of that key, "" when it has none
     * @param knownHosts a {@code known_hosts} file's content; a server that is not in it is refused
     * @param knownHostsName what a person calls that list, for a sentence
     */
    record SshKey(String user, byte[] privateKey, String passphrase, byte[] knownHosts, String knownHostsName)
            implements GitCredentials {
        public SshKey {
            Objects.requireNonNull(user);
            Objects.requireNonNull(passphrase);
            privateKey = privateKey.clone();
            knownHosts = knownHosts.clone();
            Objects.requireNonNull(knownHostsName);
        }

        public SshKey(String user, byte[] privateKey, String passphrase, byte[] knownHosts) {
            this(user, privateKey, passphrase, knownHosts, "the known hosts");
        }

        @Override
        public String toString() {
            return "SshKey[user=" + user + "]";
        }
    }

    static GitCredentials none() {
        return new None();
    }
}
