package com.cloudbees.plugins.credentials;

/** Signature only. */
public abstract class CredentialsNameProvider<C extends Credentials> {
    public CredentialsNameProvider() {}

    public abstract String getName(C credentials);
}
