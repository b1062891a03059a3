package org.jenkinsci.plugins.plaincredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;

/** Signature only. */
public interface FileCredentials extends StandardCredentials {
}
