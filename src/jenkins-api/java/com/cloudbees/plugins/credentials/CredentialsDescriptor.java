package com.cloudbees.plugins.credentials;

import hudson.model.Descriptor;

/** Signature only. */
public abstract class CredentialsDescriptor extends Descriptor<Credentials> {
    protected CredentialsDescriptor() {}

    public String getIconClassName() {
        throw new UnsupportedOperationException("signature only");
    }
}
