package org.jenkinsci.plugins.gitclient.verifier;

/** Signature only. */
public class ManuallyProvidedKeyVerificationStrategy
        extends SshHostKeyVerificationStrategy<ManuallyProvidedKeyVerifier> {
    private ManuallyProvidedKeyVerificationStrategy() {}

    public String getApprovedHostKeys() {
        throw new UnsupportedOperationException("signature only");
    }
}
