package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;

/**
 * Signs with a secret key as {@code gpg --export-secret-keys} or {@link KeyGenerator} writes it: RSA or Ed25519, its
 * newest signing subkey when it has one.
 *
 * <p>Whoever supplies digests decides what they stand for: a digest can be that of a file, but also of a certification.
 * A key whose signing subkey may not certify (gpg's flag C) rules that out.
 */
public final class SecretKeySigner implements DetachedSigner {
    private static final Duration TRAILER_LIFE = Duration.ofDays(1);
    private static final int SHA512_LENGTH = 64;
    /** What the signature that tries a key is for; it is thrown away. */
    private static final SignedFor PROBE = new SignedFor(Purpose.EVIDENCE, "-", "-", "-");

    private final PGPPrivateKey privateKey;
    private final PGPPublicKey signingKey;
    private final String fingerprint;
    private final String publicKey;
    private final Clock clock;
    private final Consumer<String> log;

    private SecretKeySigner(SigningKey key, PGPPrivateKey privateKey, Clock clock, Consumer<String> log)
            throws IOException {
        this.privateKey = privateKey;
        this.signingKey = key.secret().getPublicKey();
        this.fingerprint = Keys.fingerprint(key.primary());
        this.publicKey = Keys.armor(key.ring().toCertificate().getEncoded());
        this.clock = clock;
        this.log = log;
    }

    /** {@link #open(byte[], char[], Clock, Consumer)} that logs nothing. */
    public static SecretKeySigner open(byte[] key, char[] passphrase, Clock clock) {
        return open(key, passphrase, clock, line -> {});
    }

    /**
     * Reads and unlocks a key, and tries it.
     *
     * @param key armored or binary
     * @param passphrase empty for a key without one; neither kept nor changed
     * @param log told the name and digest of everything that is signed
     * @throws ReleaseException usage, when the bytes are no secret key or the passphrase is wrong; refused, when the key
     *     is expired, revoked, or may not sign
     */
    public static SecretKeySigner open(byte[] key, char[] passphrase, Clock clock, Consumer<String> log) {
        SigningKey chosen = SigningKey.choose(key, clock.instant());
        try {
            SecretKeySigner signer = new SecretKeySigner(chosen, chosen.unlock(passphrase), clock, log);
            signer.tryOut(chosen);
            return signer;
        } catch (IOException e) {
            throw SigningKey.notAKey(e);
        }
    }

    @Override
    public SigningTrailer trailer(SignedFor what) {
        return trailer(what, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public String sign(SigningTrailer trailer, byte[] digest) {
        SignedFor what = trailer.signedFor();
        if (digest.length != SHA512_LENGTH) {
            throw ReleaseException.failed(
                    "Cannot sign " + what.phrase() + ": expected a SHA-512 of 64 bytes, found " + digest.length + ".");
        }
        Instant now = clock.instant();
        if (trailer.created().isAfter(now)
                || trailer.created().isBefore(now.minus(TRAILER_LIFE))
                || !Arrays.equals(
                        trailer.bytes(), trailer(what, trailer.created()).bytes())) {
            throw ReleaseException.refused("Cannot sign " + what.phrase()
                    + ": expected a trailer that this key gave within a day, found another; ask for a new one.");
        }
        try {
            String signature =
                    Keys.armor(signature(what, trailer.created(), digest).getEncoded());
            log.accept("Signed " + what.phrase() + ", " + Text.shown(what.name()) + " sha512+trailer:"
                    + HexFormat.of().formatHex(digest) + " with key " + Keys.fingerprint(signingKey));
            return signature;
        } catch (IOException e) {
            throw new IllegalStateException(e); // memory only
        }
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    /** Fingerprint of the key that makes the signatures: a subkey's, or the primary's. */
    public String signingFingerprint() {
        return Keys.fingerprint(signingKey);
    }

    @Override
    public String publicKey() {
        return publicKey;
    }

    @Override
    public Optional<byte[]> material() {
        return KeyMaterial.of(signingKey);
    }

    @Override
    public byte[] signStatement(SignedFor what, byte[] statement) {
        if (material().isEmpty()) {
            return DetachedSigner.super.signStatement(what, statement);
        }
        byte[] encoded = Dsse.signable(statement);
        byte[] signature = KeyMaterial.sign(privateKey, encoded);
        log.accept("Signed " + what.phrase() + ", " + Text.shown(what.name()) + " as a statement "
                + Digest.sha256(statement) + " with key " + Keys.fingerprint(signingKey));
        return signature;
    }

    private SigningTrailer trailer(SignedFor what, Instant created) {
        return new SigningTrailer(
                what, created, signature(what, created, new byte[SHA512_LENGTH]).getSignatureTrailer());
    }

    private PGPSignature signature(SignedFor what, Instant created, byte[] digest) {
        try {
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    (algorithm, key) -> new DigestSigner(key, PGPSignature.BINARY_DOCUMENT, digest), signingKey);
            generator.init(PGPSignature.BINARY_DOCUMENT, privateKey);
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setSignatureCreationTime(false, Date.from(created));
            hashed.setIssuerFingerprint(false, signingKey);
            Notations.write(what, hashed);
            generator.setHashedSubpackets(hashed.generate());
            return generator.generate();
        } catch (PGPException e) {
            throw new IllegalStateException("The key can't be used for signing.", e);
        }
    }

    /** A damaged key, or a wrong passphrase that a two-byte checksum let through, must show before anything is built. */
    private void tryOut(SigningKey chosen) {
        byte[] probe = {1};
        String signature;
        try {
            SigningTrailer trailer = trailer(PROBE);
            signature = Keys.armor(
                    signature(PROBE, trailer.created(), trailer.digest(probe)).getEncoded());
        } catch (IllegalStateException | IOException e) {
            throw SigningKey.wrongPassphrase(chosen, e);
        }
        if (!SignatureVerifier.of(publicKey.getBytes(StandardCharsets.US_ASCII), clock)
                .verify(signature, PROBE, probe)
                .acceptable()) {
            throw SigningKey.wrongPassphrase(chosen, null);
        }
    }

    /** Says whose key it is, and nothing of what is secret in it. */
    @Override
    public String toString() {
        return "SecretKeySigner[" + fingerprint + "]";
    }
}
