package io.jenkins.plugins.darwin.openpgp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * What people want to know of a key before they trust it.
 *
 * @param fingerprint of the primary, 40 upper-case hex digits
 * @param userId the valid one that comes first; foreign text, shortened
 * @param algorithm of the key that makes the signatures: {@code RSA 4096}, {@code Ed25519}
 * @param expires when signing ends: the earlier of the primary's and the signing key's expiry
 */
public record KeyDescription(String fingerprint, String userId, String algorithm, Optional<Instant> expires) {
    /** Describes the key behind a signer. */
    public static KeyDescription of(SecretKeySigner signer) {
        PGPPublicKeyRing ring = PublicKeys.of(signer.publicKey().getBytes(StandardCharsets.US_ASCII))
                .rings()
                .get(0);
        PGPPublicKey primary = ring.getPublicKey();
        PGPPublicKey signing = ring.getPublicKey(HexFormat.of().parseHex(signer.signingFingerprint()));
        Optional<Instant> whole = KeyStatus.of(primary, primary).expires();
        Optional<Instant> part = KeyStatus.of(primary, signing).expires();
        return new KeyDescription(
                signer.fingerprint(),
                Keys.userId(primary).map(Text::shown).orElse(""),
                Keys.algorithm(signing),
                whole.isPresent() && part.isPresent() && part.get().isBefore(whole.get())
                        ? part
                        : whole.or(() -> part));
    }
}
