package io.jenkins.plugins.darwin.registry;

import java.util.Objects;

/**
 * The user and password (or access token) for one registry. A user {@code <token>} marks the password as an OAuth2
 * refresh token, as Docker's credential helpers do.
 */
public record RegistryAuth(String user, String password) {
    public RegistryAuth {
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
    }

    boolean refreshToken() {
        return user.equals("<token>");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RegistryAuth[user=" + user + "]";
    }
}
