package com.cloudbees.plugins.credentials;

import java.io.Serializable;

/** Signature only. */
public enum CredentialsScope implements Serializable {
    SYSTEM, GLOBAL, USER}
