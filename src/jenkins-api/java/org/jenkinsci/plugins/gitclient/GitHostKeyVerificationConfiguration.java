package org.jenkinsci.plugins.gitclient;

import hudson.model.PersistentDescriptor;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.plugins.gitclient.verifier.HostKeyVerifierFactory;
import org.jenkinsci.plugins.gitclient.verifier.SshHostKeyVerificationStrategy;

/** Signature only. */
public class GitHostKeyVerificationConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    public static GitHostKeyVerificationConfiguration get() {
        throw new UnsupportedOperationException("signature only");
    }

    public SshHostKeyVerificationStrategy<? extends HostKeyVerifierFactory> getSshHostKeyVerificationStrategy() {
        throw new UnsupportedOperationException("signature only");
    }
}
