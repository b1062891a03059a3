package io.jenkins.plugins.darwin.openpgp;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of one signature.
 *
 * @param fingerprint of the primary key; the 16 digits of its ID when the key is unknown; empty for what is no signature
 * @param userId the user ID that the key is known by, not a revoked one, when the key is known
 * @param created when the signature says that it was made
 * @param detail a clause for people: why it is not good
 */
public record SignatureCheck(
        State state, String fingerprint, Optional<String> userId, Optional<Instant> created, String detail) {
    /** In the order of gpg's status lines. */
    public enum State {
        /** Made over this content by a trusted key that was valid then and is valid now. */
        GOOD,
        /** Made over this content by a trusted key while that was valid; the key has expired since. */
        EXPIRED_KEY,
        /** Made over this content after the key expired. */
        MADE_AFTER_EXPIRY,
        /** Made over this content by a trusted key while that was in use; its owner has replaced or retired it since. */
        RETIRED_KEY,
        /** Made while the key was good, which it is no longer, where only a key that is good today counts. */
        NOT_GOOD_TODAY,
        /** The key is revoked: nobody knows who made it. */
        REVOKED,
        /** No trusted key made it. */
        UNKNOWN_KEY,
        /** Made over this content by a trusted key, but for something else than what was expected. */
        OTHER_PURPOSE,
        /** Not over this content, damaged, or of a kind that proves nothing. */
        BAD
    }

    /** Whether it proves that the holder of a trusted key signed this content. A release stays good when its key
     * expires or is replaced. */
    public boolean acceptable() {
        return state == State.GOOD || state == State.EXPIRED_KEY || state == State.RETIRED_KEY;
    }
}
