package com.cloudbees.plugins.credentials;

/** Signature only. */
public class BaseCredentials implements Credentials {
    protected BaseCredentials() {}
}
