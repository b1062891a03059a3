package io.jenkins.plugins.darwin.openpgp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.bouncycastle.bcpg.ECPublicBCPGKey;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;

/**
 * What people want to know of a key before they trust it.
 *
 * @param fingerprint of the primary, 40 upper-case hex digits
 * @param userId the first one; foreign text, shortened
 * @param algorithm of the key that makes the signatures: {@code RSA 4096}, {@code Ed25519}
 * @param expires when signing ends: the earlier of the primary's and the signing key's expiry
 */
public record KeyDescription(String fingerprint, String userId, String algorithm, Optional<Instant> expires) {
    /** Describes the key behind a signer. */
    public static KeyDescription of(SecretKeySigner signer) {
        PGPPublicKey primary = null;
        PGPPublicKey signing = null;
        Iterator<PGPPublicKey> keys = KeysFile.rings(signer.publicKey().getBytes(StandardCharsets.US_ASCII))
                .get(0)
                .getPublicKeys();
        while (keys.hasNext()) {
            PGPPublicKey key = keys.next();
            primary = primary == null ? key : primary; // the first of a ring (RFC 9580, 10.1)
            if (Keys.fingerprint(key).equals(signer.signingFingerprint())) {
                signing = key;
            }
        }
        Optional<Instant> whole = KeyStatus.of(primary, primary).expires();
        Optional<Instant> part = KeyStatus.of(primary, signing).expires();
        return new KeyDescription(
                signer.fingerprint(),
                Keys.userId(primary).map(Text::shown).orElse(""),
                algorithm(signing),
                whole.isPresent() && part.isPresent() && part.get().isBefore(whole.get())
                        ? part
                        : whole.or(() -> part));
    }

    private static String algorithm(PGPPublicKey key) {
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.EDDSA_LEGACY, PublicKeyAlgorithmTags.Ed25519 -> "Ed25519";
            case PublicKeyAlgorithmTags.RSA_GENERAL, PublicKeyAlgorithmTags.RSA_SIGN -> "RSA " + key.getBitStrength();
            default ->
                "algorithm " + key.getAlgorithm()
                        + (key.getPublicKeyPacket().getKey() instanceof ECPublicBCPGKey curve
                                ? " on " + curve.getCurveOID()
                                : "");
        };
    }
}
