package com.cloudbees.plugins.credentials;

import java.io.Serializable;

/** Signature only. */
public interface CredentialsMatcher extends Serializable {}
