package com.cloudbees.plugins.credentials.common;

/** Signature only. */
public interface StandardUsernameCredentials extends StandardCredentials, UsernameCredentials {}
