package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.Digest;
import java.io.Serializable;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * The bytes that a v4 signature hashes after the content (RFC 9580, 5.2.4): its type, algorithms, hashed subpackets and
 * their length. The hash is always SHA-512.
 *
 * @param signedFor what stands in those subpackets
 * @param created the time that the signature will carry, whole seconds
 * @param bytes some hundred of them
 */
public record SigningTrailer(SignedFor signedFor, Instant created, byte[] bytes) implements Serializable {
    public SigningTrailer {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Ends a SHA-512 that has seen the content: what {@link DetachedSigner#sign} takes. */
    public byte[] finish(MessageDigest sha512) {
        sha512.update(bytes);
        return sha512.digest();
    }

    /** {@link #finish} for content that is at hand. */
    public byte[] digest(byte[] content) {
        MessageDigest sha512 = Digest.messageDigest("sha512");
        sha512.update(content);
        return finish(sha512);
    }
}
