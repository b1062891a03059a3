package io.jenkins.plugins.darwin.openpgp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What a primary key says about itself or about one of its subkeys, by its own verified signatures only (RFC 9580, 10.1):
 * anybody can put an unverified packet into a KEYS file.
 *
 * @param bound whether the primary vouches for it
 * @param maySign whether it may sign data; a subkey must have signed its own binding for that (5.2.1.9)
 */
record KeyStatus(
        PGPPublicKey key,
        boolean bound,
        Optional<Revocation> revocation,
        boolean maySign,
        Instant created,
        Optional<Instant> expires) {
    static KeyStatus of(PGPPublicKey primary, PGPPublicKey key) {
        return key.getKeyID() == primary.getKeyID() ? primary(primary) : subkey(primary, key);
    }

    boolean revoked() {
        return revocation.isPresent();
    }

    boolean expired(Instant at) {
        return expires.isPresent() && !at.isBefore(expires.get());
    }

    private static KeyStatus primary(PGPPublicKey primary) {
        List<PGPSignature> own = new ArrayList<>();
        List<PGPSignature> revocations = new ArrayList<>();
        for (Iterator<PGPSignature> i = primary.getKeySignatures(); i.hasNext(); ) {
            PGPSignature signature = i.next();
            if (signature.getSignatureType() == PGPSignature.KEY_REVOCATION
                    && valid(signature, primary, s -> s.verifyCertification(primary))) {
                revocations.add(signature);
            } else if (signature.getSignatureType() == PGPSignature.DIRECT_KEY
                    && valid(signature, primary, s -> s.verifyCertification(primary))) {
                own.add(signature);
            }
        }
        for (Iterator<byte[]> ids = primary.getRawUserIDs(); ids.hasNext(); ) {
            newestOf(primary, ids.next()).ifPresent(own::add);
        }
        Optional<PGPSignature> newest = newest(own);
        return new KeyStatus(
                primary,
                newest.isPresent(),
                revocation(revocations),
                newest.map(s -> flags(s).map(KeyStatus::signs).orElse(true)).orElse(false),
                primary.getCreationTime().toInstant(),
                newest.flatMap(s -> expiry(primary, s)));
    }

    /** The newest certification of a user ID by the key itself; empty when that ID is revoked since. */
    private static Optional<PGPSignature> newestOf(PGPPublicKey primary, byte[] id) {
        List<PGPSignature> own = new ArrayList<>();
        for (Iterator<PGPSignature> i = primary.getSignaturesForID(id); i != null && i.hasNext(); ) {
            PGPSignature signature = i.next();
            boolean counts = signature.isCertification()
                    || signature.getSignatureType() == PGPSignature.CERTIFICATION_REVOCATION;
            if (counts && valid(signature, primary, s -> s.verifyCertification(id, primary))) {
                own.add(signature);
            }
        }
        return newest(own).filter(PGPSignature::isCertification);
    }

    private static KeyStatus subkey(PGPPublicKey primary, PGPPublicKey key) {
        List<PGPSignature> bindings = new ArrayList<>();
        List<PGPSignature> revocations = new ArrayList<>();
        for (Iterator<PGPSignature> i = key.getSignatures(); i.hasNext(); ) {
            PGPSignature signature = i.next();
            if (signature.getSignatureType() == PGPSignature.SUBKEY_REVOCATION
                    && valid(signature, primary, s -> s.verifyCertification(primary, key))) {
                revocations.add(signature);
            } else if (signature.getSignatureType() == PGPSignature.SUBKEY_BINDING
                    && valid(signature, primary, s -> s.verifyCertification(primary, key))) {
                bindings.add(signature);
            }
        }
        Optional<PGPSignature> newest = newest(bindings);
        boolean signs = newest.isPresent()
                && flags(newest.get()).map(KeyStatus::signs).orElse(false)
                && vouchesBack(primary, key, newest.get());
        return new KeyStatus(
                key,
                newest.isPresent(),
                revocation(revocations),
                signs,
                key.getCreationTime().toInstant(),
                newest.flatMap(s -> expiry(key, s)));
    }

    /** Whether the subkey itself agreed to belong to this primary; else a stranger could adopt it. */
    private static boolean vouchesBack(PGPPublicKey primary, PGPPublicKey key, PGPSignature binding) {
        for (PGPSignatureSubpacketVector area :
                List.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())) {
            try {
                for (PGPSignature embedded : area.getEmbeddedSignatures()) {
                    if (embedded.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                            && valid(embedded, key, s -> s.verifyCertification(primary, key))) {
                        return true;
                    }
                }
            } catch (PGPException e) {
                // a broken signature vouches for nothing
            }
        }
        return false;
    }

    private interface Check {
        boolean verify(PGPSignature signature) throws PGPException;
    }

    private static boolean valid(PGPSignature signature, PGPPublicKey by, Check check) {
        if (signature.getKeyID() != by.getKeyID()) {
            return false;
        }
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), by);
            return check.verify(signature);
        } catch (PGPException | RuntimeException e) {
            return false; // an algorithm that we don't know, or nonsense: it says nothing
        }
    }

    /** The newest; of two of one second a revocation, else the one that stands last in the file. */
    private static Optional<PGPSignature> newest(List<PGPSignature> signatures) {
        Comparator<PGPSignature> order = Comparator.comparing(PGPSignature::getCreationTime)
                .thenComparing(s -> s.getSignatureType() == PGPSignature.CERTIFICATION_REVOCATION);
        return signatures.stream().reduce((a, b) -> order.compare(a, b) > 0 ? a : b);
    }

    /** One that says that the key may be in other hands counts more than one that says that it is out of use. */
    private static Optional<Revocation> revocation(List<PGPSignature> revocations) {
        return revocations.stream().map(Revocation::of).min(Comparator.naturalOrder());
    }

    /** The user IDs that are not revoked, the one that its owner calls the primary one first, else the newest, as gpg names them. */
    static List<String> userIds(PGPPublicKey primary) {
        Map<String, PGPSignature> valid = new LinkedHashMap<>();
        for (Iterator<byte[]> ids = primary.getRawUserIDs(); ids.hasNext(); ) {
            byte[] id = ids.next();
            newestOf(primary, id).ifPresent(s -> valid.put(new String(id, StandardCharsets.UTF_8), s));
        }
        return valid.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, PGPSignature> e) -> first(e.getValue()))
                        .thenComparing(e -> e.getValue().getCreationTime())
                        .reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean first(PGPSignature signature) {
        return signature.getHashedSubPackets() != null
                && signature.getHashedSubPackets().hasSubpacket(SignatureSubpacketTags.PRIMARY_USER_ID)
                && signature.getHashedSubPackets().isPrimaryUserID();
    }

    private static Optional<Integer> flags(PGPSignature signature) {
        PGPSignatureSubpacketVector hashed = signature.getHashedSubPackets();
        return hashed != null && hashed.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS)
                ? Optional.of(hashed.getKeyFlags())
                : Optional.empty();
    }

    private static boolean signs(int flags) {
        return (flags & KeyFlags.SIGN_DATA) != 0;
    }

    private static Optional<Instant> expiry(PGPPublicKey key, PGPSignature signature) {
        long seconds = signature.getHashedSubPackets() == null
                ? 0
                : signature.getHashedSubPackets().getKeyExpirationTime();
        return seconds == 0
                ? Optional.empty()
                : Optional.of(key.getCreationTime().toInstant().plusSeconds(seconds));
    }
}
