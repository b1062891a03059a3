package com.cloudbees.plugins.credentials;

/** Signature only. */
public class CredentialsMatchers {
    private CredentialsMatchers() {}

    public static CredentialsMatcher withId(String id) {
        throw new UnsupportedOperationException("signature only");
    }
}
