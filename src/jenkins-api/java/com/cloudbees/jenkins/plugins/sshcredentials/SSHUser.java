package com.cloudbees.jenkins.plugins.sshcredentials;

import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;

/** Signature only. */
public interface SSHUser extends StandardUsernameCredentials {}
