package com.cloudbees.plugins.credentials.common;

/** Signature only. */
public interface UsernamePasswordCredentials extends UsernameCredentials, PasswordCredentials {}
