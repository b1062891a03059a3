package com.cloudbees.plugins.credentials.common;

/** Signature only. */
public interface StandardUsernamePasswordCredentials extends StandardUsernameCredentials, UsernamePasswordCredentials {}
