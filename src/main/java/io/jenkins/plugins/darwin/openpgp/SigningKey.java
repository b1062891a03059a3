package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/** The part of a secret key that signs, still locked; or why none of it does. */
record SigningKey(PGPSecretKeyRing ring, PGPSecretKey secret) {
    private static final int SHORTEST_RSA = 2048;

    static SigningKey choose(byte[] bytes, Instant now) {
        PGPSecretKeyRing ring = read(bytes);
        PGPPublicKey primary = ring.getPublicKey();
        KeyStatus whole = KeyStatus.of(primary, primary);
        if (whole.revoked()) {
            throw ReleaseException.refused("The signing key " + Keys.name(primary) + " is revoked; use another key.");
        }
        if (whole.expired(now)) {
            throw ReleaseException.refused("The signing key " + Keys.name(primary) + " expired at "
                    + Text.time(whole.expires().get())
                    + "; extend it (gpg --quick-set-expire) and export it again, or use another key.");
        }
        List<String> why = new ArrayList<>();
        Optional<PGPSecretKey> best = candidates(ring).stream()
                .filter(key -> usable(primary, key, now, why))
                .findFirst();
        return new SigningKey(
                ring,
                best.orElseThrow(() -> ReleaseException.refused(
                        "The key " + Keys.name(primary) + " can't sign: " + String.join("; ", why)
                                + ". Use a key with a secret part that may sign (gpg shows it as [S] or [SC]).")));
    }

    PGPPublicKey primary() {
        return ring.getPublicKey();
    }

    PGPPrivateKey unlock(char[] passphrase) {
        try {
            return secret.extractPrivateKey(
                    new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase.clone()));
        } catch (PGPException | RuntimeException e) {
            if (passphrase.length == 0) {
                throw ReleaseException.usage("The signing key " + Keys.name(primary())
                        + " is protected by a passphrase and none was given.");
            }
            throw wrongPassphrase(this, e);
        }
    }

    static ReleaseException wrongPassphrase(SigningKey key, Exception cause) {
        return ReleaseException.usage(
                "The passphrase of the signing key " + Keys.name(key.primary()) + " is wrong.", cause);
    }

    static ReleaseException notAKey(Exception cause) {
        return ReleaseException.usage(
                "The signing key is not an OpenPGP key: expected what gpg --armor --export-secret-keys"
                        + " writes, found something else or a damaged file.",
                cause);
    }

    private static PGPSecretKeyRing read(byte[] bytes) {
        List<Object> objects;
        try {
            objects = Keys.objects(bytes);
        } catch (IOException e) {
            throw notAKey(e);
        }
        List<PGPSecretKeyRing> rings = objects.stream()
                .filter(PGPSecretKeyRing.class::isInstance)
                .map(PGPSecretKeyRing.class::cast)
                .toList();
        if (rings.size() == 1) {
            return rings.get(0);
        }
        if (rings.size() > 1) {
            throw ReleaseException.usage(
                    "The file holds " + rings.size() + " secret keys: expected one; export only the signing"
                            + " key (gpg --armor --export-secret-keys FINGERPRINT).");
        }
        Object first = objects.isEmpty() ? null : objects.get(0);
        if (first instanceof PGPPublicKeyRing publicOnly) {
            throw ReleaseException.usage("The key " + Keys.name(publicOnly.getPublicKey())
                    + " is a public key only: expected the secret one (gpg --armor --export-secret-keys).");
        }
        throw notAKey(null);
    }

    /** Signing subkeys before the primary, the newest first. */
    private static List<PGPSecretKey> candidates(PGPSecretKeyRing ring) {
        List<PGPSecretKey> keys = new ArrayList<>();
        ring.getSecretKeys().forEachRemaining(keys::add);
        keys.sort(Comparator.comparing(PGPSecretKey::isMasterKey)
                .thenComparing(key -> key.getPublicKey().getCreationTime(), Comparator.reverseOrder()));
        return keys;
    }

    private static boolean usable(PGPPublicKey primary, PGPSecretKey key, Instant now, List<String> why) {
        KeyStatus status = KeyStatus.of(primary, key.getPublicKey());
        String what = key.isMasterKey() ? "the primary" : "subkey " + Keys.id(key.getKeyID());
        int algorithm = key.getPublicKey().getAlgorithm();
        String reason = null;
        if (!status.bound()) {
            reason = " carries no valid signature of its own primary";
        } else if (!status.maySign()) {
            reason = " is not meant for signing";
        } else if (status.revoked()) {
            reason = " is revoked";
        } else if (status.expired(now)) {
            reason = " expired at " + Text.time(status.expires().get());
        } else if (status.created().isAfter(now)) {
            reason = " is made in the future, at " + Text.time(status.created()) + " (is the clock right?)";
        } else if (key.isPrivateKeyEmpty()) {
            reason = " is only a stub (gnu-dummy), its secret part is elsewhere";
        } else if (!DigestSigner.supports(algorithm)) {
            reason = " has an algorithm other than RSA and Ed25519";
        } else if (algorithm != PublicKeyAlgorithmTags.EDDSA_LEGACY
                && key.getPublicKey().getBitStrength() < SHORTEST_RSA) {
            reason = " is RSA of " + key.getPublicKey().getBitStrength() + " bits, fewer than " + SHORTEST_RSA;
        }
        if (reason != null) {
            why.add(what + reason);
        }
        return reason == null;
    }
}
