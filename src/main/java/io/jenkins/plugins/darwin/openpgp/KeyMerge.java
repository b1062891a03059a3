package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.openpgp.Packets.Packet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.UnknownBCPGKey;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/**
 * All copies of each key put together, as {@code gpg --import} does: a KEYS file only grows, so an extension, a revocation or
 * a new subkey stands below the copy that lacks it. What can't be read is left out with a warning; what is left in proves
 * itself later, by its signatures ({@link KeyStatus}).
 */
final class KeyMerge {
    private static final int V4 = 4;

    /** A key, user ID or subkey, and the signatures over it, each once. */
    private record Part(Packet packet, Map<String, Packet> signatures) {
        Part(Packet packet) {
            this(packet, new LinkedHashMap<>());
        }

        void add(Packet signature) {
            signatures.putIfAbsent(signature.identity(), signature);
        }

        void write(ByteArrayOutputStream out) {
            out.writeBytes(packet.encoded());
            signatures.values().forEach(s -> out.writeBytes(s.encoded()));
        }
    }

    /** One key in all its copies. */
    private record Whole(PGPPublicKey key, Part primary, Map<String, Part> userIds, Map<String, Part> subkeys) {
        PGPPublicKeyRing ring() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            primary.write(out);
            userIds.values().forEach(p -> p.write(out));
            subkeys.values().forEach(p -> p.write(out));
            return new PGPPublicKeyRing(out.toByteArray(), new BcKeyFingerprintCalculator());
        }
    }

    private final Map<String, Whole> keys = new LinkedHashMap<>();
    /** Signatures that stand alone, as revocation certificates do; their key may come later. */
    private final Map<String, Packet> alone = new LinkedHashMap<>();

    private final List<String> warnings = new ArrayList<>();

    /**
     * Adds the keys of a run of packets.
     *
     * @param where for warnings: "block 2 (line 17)"
     */
    void add(byte[] packets, String where) {
        Packets read = Packets.of(packets);
        Whole whole = null;
        Part part = null;
        boolean skipping = false;
        for (Packet packet : read.all()) {
            if (packet.isKey()) {
                whole = key(packet, where).orElse(null);
                skipping = whole == null;
                part = whole == null ? null : whole.primary();
            } else if (skipping) {
                continue; // what belongs to a key that was left out
            } else if (packet.tag() == PacketTags.SIGNATURE) {
                signature(whole, part, packet);
            } else if (whole != null && packet.tag() == PacketTags.USER_ID) {
                part = whole.userIds().computeIfAbsent(packet.identity(), i -> new Part(packet));
            } else if (whole != null && packet.isSubkey()) {
                part = readable(packet)
                        ? whole.subkeys().computeIfAbsent(packet.identity(), i -> new Part(packet))
                        : null;
                if (part == null) {
                    warnings.add(where + " has a subkey of a kind that is not known here; it was left out");
                }
            } else if (packet.tag() == PacketTags.USER_ATTRIBUTE) {
                part = null; // a picture, and its signatures
            }
        }
        if (!read.fault().isEmpty()) {
            warnings.add(where + " is damaged: " + read.fault() + "; what is whole in it was used");
        }
    }

    private Optional<Whole> key(Packet packet, String where) {
        if (packet.tag() == PacketTags.SECRET_KEY) {
            warnings.add(where + " is a secret key: take it out of the file, and out of use; others can read it");
            return Optional.empty();
        }
        int version = packet.body().length == 0 ? 0 : packet.body()[0];
        if (version != V4) {
            warnings.add(where + " has a key of version " + version + ", expected 4; it was left out");
            return Optional.empty();
        }
        Optional<PGPPublicKey> key = publicKey(packet);
        if (key.isEmpty()) {
            warnings.add(where + " has a key of a kind that is not known here, or a damaged one; it was left out");
        }
        return key.map(k -> keys.computeIfAbsent(
                packet.identity(), i -> new Whole(k, new Part(packet), new LinkedHashMap<>(), new LinkedHashMap<>())));
    }

    /** Only the key's own signatures count, so only those are kept: keys collect thousands of strangers' ones. */
    private void signature(Whole whole, Part part, Packet packet) {
        Optional<PGPSignature> read = signature(packet);
        if (read.isEmpty()) {
            return;
        }
        if (whole == null) {
            alone.putIfAbsent(packet.identity(), packet);
        } else if (by(read.get(), whole.key())) {
            place(whole, part, read.get(), packet);
        } else if (read.get().getSignatureType() == PGPSignature.KEY_REVOCATION) {
            alone.putIfAbsent(packet.identity(), packet); // of another key, behind this one in the same block
        }
    }

    /** Where a signature belongs by its type; the packets before it only say which user ID or subkey. */
    private static void place(Whole whole, Part part, PGPSignature signature, Packet packet) {
        switch (signature.getSignatureType()) {
            case PGPSignature.KEY_REVOCATION, PGPSignature.DIRECT_KEY ->
                whole.primary().add(packet);
            default -> {
                if (part != null) {
                    part.add(packet);
                }
            }
        }
    }

    private static boolean by(PGPSignature signature, PGPPublicKey key) {
        return signature.getKeyID() == key.getKeyID() || signature.getKeyID() == 0;
    }

    /** The keys, each in its newest state, in the order in which they first stand there. */
    List<PGPPublicKeyRing> rings() {
        alone.values().forEach(this::revoke);
        alone.clear();
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        for (Whole whole : keys.values()) {
            try {
                rings.add(whole.ring());
            } catch (IOException | RuntimeException e) {
                warnings.add("the key " + Keys.fingerprint(whole.key()) + " can't be read; it was left out");
            }
        }
        return rings;
    }

    /** A revocation does not say of which user ID or subkey it is; only over the right one is it valid. */
    private void revoke(Packet packet) {
        PGPSignature signature = signature(packet).orElseThrow();
        List<Whole> own =
                keys.values().stream().filter(w -> by(signature, w.key())).toList();
        for (Whole whole : own) {
            switch (signature.getSignatureType()) {
                case PGPSignature.KEY_REVOCATION -> whole.primary().add(packet);
                case PGPSignature.SUBKEY_REVOCATION -> whole.subkeys().values().forEach(p -> p.add(packet));
                case PGPSignature.CERTIFICATION_REVOCATION ->
                    whole.userIds().values().forEach(p -> p.add(packet));
                default -> warnings.add("a signature that belongs to nothing was left out");
            }
        }
        if (own.isEmpty()) {
            warnings.add("a revocation of the key " + Keys.id(signature.getKeyID())
                    + " is there, but not the key; it was left out");
        }
    }

    /** What was left out, and why: clauses. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private static boolean readable(Packet packet) {
        return packet.tag() == PacketTags.PUBLIC_SUBKEY
                && packet.body().length > 0
                && packet.body()[0] == V4
                && publicKey(packet).isPresent();
    }

    private static Optional<PGPPublicKey> publicKey(Packet packet) {
        try {
            return new BCPGInputStream(new ByteArrayInputStream(packet.encoded())).readPacket()
                                    instanceof PublicKeyPacket read
                            && !(read.getKey() instanceof UnknownBCPGKey)
                    ? Optional.of(new PGPPublicKey(read, new BcKeyFingerprintCalculator()))
                    : Optional.empty();
        } catch (IOException | PGPException | RuntimeException e) {
            return Optional.empty(); // Bouncy Castle answers some garbage with unchecked exceptions
        }
    }

    private static Optional<PGPSignature> signature(Packet packet) {
        if (packet.body().length == 0 || packet.body()[0] > V4) {
            return Optional.empty(); // newer ones belong to newer keys
        }
        try {
            return Optional.of(new PGPSignature(new BCPGInputStream(new ByteArrayInputStream(packet.encoded()))));
        } catch (IOException | PGPException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
