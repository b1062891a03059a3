package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.PBESecretKeyDecryptor;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/** The part of a secret key that signs, still locked; or why none of it does. */
record SigningKey(PGPSecretKeyRing ring, PGPSecretKey secret) {
    private static final int SHORTEST_RSA = 2048;
    /** Algorithms of which there are keys that are too short. */
    private static final Set<Integer> SHORT =
            Set.of(PublicKeyAlgorithmTags.RSA_GENERAL, PublicKeyAlgorithmTags.RSA_SIGN, PublicKeyAlgorithmTags.DSA);

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
        Exception why = null;
        for (PBESecretKeyDecryptor decryptor : Passphrase.decryptors(passphrase)) {
            try {
                return secret.extractPrivateKey(decryptor);
            } catch (PGPException | RuntimeException e) {
                why = why == null ? e : why;
            }
        }
        if (passphrase.length == 0) {
            throw ReleaseException.usage(
                    "The signing key " + Keys.name(primary()) + " is protected by a passphrase and none was given.");
        }
        throw wrongPassphrase(this, why);
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
        byte[] plain = Armor.plain(bytes);
        List<PGPSecretKeyRing> rings = Armor.binary(plain) ? rings(plain) : new ArrayList<>();
        List<Armor.Block> blocks = Armor.binary(plain) ? List.of() : Armor.blocks(plain);
        for (Armor.Block block : blocks) {
            if (block.kind().equals(Armor.PRIVATE)) {
                if (!block.fault().isEmpty()) {
                    throw ReleaseException.usage("The signing key is damaged: " + block.fault()
                            + "; export it again (gpg --armor --export-secret-keys).");
                }
                rings.addAll(rings(block.packets()));
            }
        }
        if (rings.size() == 1) {
            return rings.get(0);
        }
        if (rings.size() > 1) {
            throw ReleaseException.usage(
                    "The file holds " + rings.size() + " secret keys: expected one; export only the signing"
                            + " key (gpg --armor --export-secret-keys FINGERPRINT).");
        }
        if (blocks.stream().anyMatch(b -> b.kind().equals(Armor.PUBLIC)) || Armor.binary(plain)) {
            throw publicOnly(plain);
        }
        throw ForeignKeyFile.of(plain).orElseGet(() -> notAKey(null));
    }

    /** The secret keys among the packets, the newest copy of each. */
    private static List<PGPSecretKeyRing> rings(byte[] packets) {
        List<ByteArrayOutputStream> keys = new ArrayList<>();
        Packets read = Packets.of(packets);
        for (Packets.Packet packet : read.all()) {
            if (packet.tag() == PacketTags.SECRET_KEY) {
                if (packet.body().length > 0 && packet.body()[0] != 4) {
                    throw ReleaseException.usage("The signing key has version " + packet.body()[0]
                            + ", expected 4; make one that other tools read too.");
                }
                keys.add(new ByteArrayOutputStream());
            }
            if (!keys.isEmpty() && packet.tag() < PacketTags.USER_ATTRIBUTE && packet.tag() != PacketTags.TRUST) {
                keys.get(keys.size() - 1).writeBytes(packet.encoded());
            }
        }
        if (!read.fault().isEmpty()) {
            throw notAKey(new IOException(read.fault()));
        }
        Map<String, PGPSecretKeyRing> rings = new LinkedHashMap<>();
        for (ByteArrayOutputStream key : keys) {
            try {
                PGPSecretKeyRing ring = new PGPSecretKeyRing(key.toByteArray(), new BcKeyFingerprintCalculator());
                rings.put(Keys.fingerprint(ring.getPublicKey()), ring);
            } catch (IOException | PGPException | RuntimeException e) {
                throw notAKey(e);
            }
        }
        return List.copyOf(rings.values());
    }

    private static ReleaseException publicOnly(byte[] plain) {
        try {
            return ReleaseException.usage(
                    "The key " + PublicKeys.of(plain).states().get(0).name()
                            + " is a public key only: expected the secret one (gpg --armor --export-secret-keys).");
        } catch (ReleaseException e) {
            return notAKey(e);
        }
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
            reason = " has the algorithm " + Keys.algorithm(key.getPublicKey())
                    + ", expected RSA, DSA, ECDSA or Ed25519";
        } else if (SHORT.contains(algorithm) && key.getPublicKey().getBitStrength() < SHORTEST_RSA) {
            reason = " is " + Keys.algorithm(key.getPublicKey()).substring(0, 3) + " of "
                    + key.getPublicKey().getBitStrength() + " bits, fewer than " + SHORTEST_RSA;
        }
        if (reason != null) {
            why.add(what + reason);
        }
        return reason == null;
    }
}
