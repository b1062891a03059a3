package org.jenkinsci.plugins.plaincredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;

/** Signature only. */
public interface StringCredentials extends StandardCredentials {
}
