package org.jenkinsci.plugins.gitclient.verifier;

import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Signature only. */
public abstract class HostKeyVerifierFactory implements SerializableOnlyOverRemoting {
    public HostKeyVerifierFactory() {}
}
