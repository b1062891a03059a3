package com.cloudbees.plugins.credentials;

import hudson.model.Saveable;
import hudson.security.AccessControlled;

/** Signature only. */
public abstract class CredentialsStore implements AccessControlled, Saveable {}
