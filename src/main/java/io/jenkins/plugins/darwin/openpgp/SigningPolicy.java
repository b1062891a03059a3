package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;

/** What the holder of a key is willing to sign for somebody else; see {@link GuardedSigner}. */
public interface SigningPolicy {
    /**
     * Asked before a trailer is given away.
     *
     * @throws ReleaseException refused, when nothing will be signed for this
     */
    void requireAllowed(SignedFor what);

    /**
     * Asked before a signature is made, with what {@link DetachedSigner#sign} was given.
     *
     * @param digest SHA-512 of content and trailer
     * @throws ReleaseException refused
     */
    default void requireAllowed(SignedFor what, byte[] digest) {
        requireAllowed(what);
    }
}
