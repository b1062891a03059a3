package io.jenkins.plugins.darwin.openpgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.ECPublicBCPGKey;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/** Reading and writing of OpenPGP packets, armored or not. */
final class Keys {
    private Keys() {}

    /**
     * Everything in one armored block or one run of binary packets; text before the armor is skipped.
     *
     * @throws IOException when it is neither
     */
    static List<Object> objects(byte[] bytes) throws IOException {
        List<Object> objects = new ArrayList<>();
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(bytes))) {
            PGPObjectFactory packets = new PGPObjectFactory(in, new BcKeyFingerprintCalculator());
            for (Object one = packets.nextObject(); one != null; one = packets.nextObject()) {
                objects.add(one);
            }
        } catch (RuntimeException e) {
            throw new IOException(e); // Bouncy Castle answers some garbage with unchecked exceptions
        }
        return objects;
    }

    /** Armor without a Version header: nobody needs to know which library wrote it. */
    static String armor(byte[] packets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArmoredOutputStream armor =
                ArmoredOutputStream.builder().clearHeaders().build(out)) {
            armor.write(packets);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        }
        return out.toString(StandardCharsets.US_ASCII).replace("\r\n", "\n");
    }

    static String fingerprint(PGPPublicKey key) {
        return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
    }

    /** The long key ID, 16 hex digits. */
    static String id(long keyId) {
        return String.format("%016X", keyId);
    }

    /** The user ID to name the key by: the valid one that comes first, else the first there is; decoded as UTF-8. */
    static Optional<String> userId(PGPPublicKey primary) {
        List<String> valid = KeyStatus.userIds(primary);
        if (!valid.isEmpty()) {
            return Optional.of(valid.get(0));
        }
        var ids = primary.getRawUserIDs();
        return ids.hasNext() ? Optional.of(new String(ids.next(), StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** As people say it: {@code RSA 4096}, {@code Ed25519}, {@code ECDSA NIST P-256}. */
    static String algorithm(PGPPublicKey key) {
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.EDDSA_LEGACY, PublicKeyAlgorithmTags.Ed25519 -> "Ed25519";
            case PublicKeyAlgorithmTags.RSA_GENERAL, PublicKeyAlgorithmTags.RSA_SIGN -> "RSA " + key.getBitStrength();
            case PublicKeyAlgorithmTags.DSA -> "DSA " + key.getBitStrength();
            case PublicKeyAlgorithmTags.ECDSA -> "ECDSA " + curve(key);
            default -> "algorithm " + key.getAlgorithm();
        };
    }

    private static String curve(PGPPublicKey key) {
        if (!(key.getPublicKeyPacket().getKey() instanceof ECPublicBCPGKey curve)) {
            return "";
        }
        String name = ECNamedCurveTable.getName(curve.getCurveOID());
        return name == null ? curve.getCurveOID().getId() : name;
    }

    /** How people find the key again: fingerprint and user ID. */
    static String name(PGPPublicKey primary) {
        return fingerprint(primary)
                + userId(primary).map(id -> " (" + Text.shown(id) + ")").orElse("");
    }
}
