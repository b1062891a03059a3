package com.cloudbees.plugins.credentials;

/** Signature only. */
public class BaseCredentials implements Credentials {
    protected BaseCredentials() {}

    public CredentialsDescriptor getDescriptor() {
        throw new UnsupportedOperationException("signature only");
    }
}
