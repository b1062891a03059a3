package org.jenkinsci.plugins.gitclient.verifier;

import hudson.model.AbstractDescribableImpl;

/** Signature only. */
public abstract class SshHostKeyVerificationStrategy<T extends HostKeyVerifierFactory>
        extends AbstractDescribableImpl<SshHostKeyVerificationStrategy<T>> {
    public SshHostKeyVerificationStrategy() {}
}
