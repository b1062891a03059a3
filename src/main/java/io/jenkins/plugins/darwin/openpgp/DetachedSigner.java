package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Holds a key and signs digests; it never sees what was hashed. In Jenkins this is the one object that crosses from the
 * controller to the agent, so only byte arrays, text and {@link SigningTrailer} pass through it.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface DetachedSigner {
    /**
     * What belongs behind the content before its SHA-512 is ended (RFC 9580, 5.2.4), for a signature made now. It says what
     * the signature is for, so each file has one of its own; it serves for a day.
     */
    SigningTrailer trailer(SignedFor what);

    /**
     * Signs one digest.
     *
     * @param trailer as {@link #trailer} gave it
     * @param digest SHA-512 of content and trailer, 64 bytes
     * @return an armored detached signature over a binary document, as {@code gpg --verify} and {@code git tag -v} take it
     */
    String sign(SigningTrailer trailer, byte[] digest);

    /** Fingerprint of the primary key, 40 upper-case hex digits. */
    String fingerprint();

    /** The whole public key, armored, as a KEYS file has it. */
    String publicKey();

    /**
     * Signs a file that was hashed with the trailer.
     *
     * @param digest SHA-512 of the file and the trailer
     */
    default String sign(SigningTrailer trailer, Path file, byte[] digest) {
        return sign(trailer, digest);
    }

    /** Signs a content by the state of its hash, from which the signer tells itself which content that is. */
    default String sign(SigningTrailer trailer, ContentState content) {
        return sign(trailer, content.signable(trailer));
    }

    /** Signs a document, which the signer reads. */
    default String signDocument(SignedFor what, byte[] document) {
        SigningTrailer trailer = trailer(what);
        return sign(trailer, trailer.digest(document));
    }

    /**
     * The public half of the part that signs, as tools take it that know no OpenPGP: SubjectPublicKeyInfo in DER (RFC 5280,
     * 4.1). Empty for a key that they don't know (DSA), and for a signer that makes no such signatures.
     */
    default Optional<byte[]> material() {
        return Optional.empty();
    }

    /**
     * Signs an in-toto statement, which the signer reads, for a DSSE envelope, with the key's own RSA, Ed25519 or ECDSA
     * material. Only where there is {@link #material}.
     *
     * @param what the statement is on, for whoever has to allow and to log it
     * @param statement a JSON object and nothing around it
     * @return the raw signature over the envelope's encoding
     */
    default byte[] signStatement(SignedFor what, byte[] statement) {
        throw ReleaseException.refused(
                "Cannot sign " + what.phrase()
                        + " as a statement: expected a signing key of RSA, Ed25519 or ECDSA whose holder allows it, found another.");
    }

    /** Signs content that is at hand: a manifest, a vote record, the bytes of a Git tag or commit. */
    static String signBytes(DetachedSigner signer, SignedFor what, byte[] content) {
        return signer.signDocument(what, content);
    }
}
