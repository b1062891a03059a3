package com.cloudbees.jenkins.plugins.sshcredentials;

/** Signature only. */
public interface SSHUserPrivateKey extends SSHUser {
}
