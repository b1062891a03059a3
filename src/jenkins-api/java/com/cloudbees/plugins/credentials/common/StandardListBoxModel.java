package com.cloudbees.plugins.credentials.common;

/** Signature only. */
public class StandardListBoxModel extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {
    public StandardListBoxModel() {}
}
