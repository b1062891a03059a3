package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/** Public keys, each in the newest state that the files given say: all copies of a key are merged before it is judged. */
public final class PublicKeys {
    private final List<PGPPublicKeyRing> rings;
    private final List<String> warnings;

    private PublicKeys(List<PGPPublicKeyRing> rings, List<String> warnings) {
        this.rings = List.copyOf(rings);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads KEYS files: armored blocks with text between, or binary.
     *
     * @throws ReleaseException usage, when there is no key in them that can be used
     */
    public static PublicKeys of(List<byte[]> files) {
        KeyMerge merge = new KeyMerge();
        List<String> warnings = new ArrayList<>();
        int blocks = 0;
        for (byte[] file : files) {
            blocks += add(file, merge, warnings);
        }
        List<PGPPublicKeyRing> rings = new ArrayList<>(merge.rings());
        warnings.addAll(merge.warnings());
        rings.removeIf(ring -> {
            KeyStatus status = KeyStatus.of(ring.getPublicKey(), ring.getPublicKey());
            boolean unusable = !status.bound() && !status.revoked();
            if (unusable) {
                warnings.add("the key " + Keys.name(ring.getPublicKey())
                        + " carries no user ID that it signed itself; it was left out");
            }
            return unusable;
        });
        if (rings.isEmpty()) {
            throw ReleaseException.usage("The KEYS file holds no public key that can be used: expected what"
                    + " gpg --armor --export writes, found "
                    + (blocks == 0 ? "none" : String.join("; ", warnings)) + ".");
        }
        return new PublicKeys(rings, warnings);
    }

    /** {@link #of(List)} for one file. */
    public static PublicKeys of(byte[] file) {
        return of(List.of(file));
    }

    private static int add(byte[] file, KeyMerge merge, List<String> warnings) {
        byte[] plain = Armor.plain(file);
        if (Armor.binary(plain)) {
            merge.add(plain, "the binary keyring");
            return 1;
        }
        int number = 0;
        for (Armor.Block block : Armor.blocks(plain)) {
            number++;
            String where = "block " + number + " (line " + block.line() + ")";
            if (block.kind().equals(Armor.PRIVATE)) {
                warnings.add(where + " is a secret key: take it out of the file, and out of use; others can read it");
            } else if (block.kind().equals(Armor.PUBLIC)) {
                if (!block.fault().isEmpty()) {
                    warnings.add(where + " is damaged: " + block.fault() + "; what is whole in it was used");
                }
                merge.add(block.packets(), where);
            }
        }
        return number;
    }

    List<PGPPublicKeyRing> rings() {
        return rings;
    }

    /** What was left out of the files and why, one clause each; nothing secret, foreign text shortened. */
    public List<String> warnings() {
        return warnings;
    }

    /** Every key, in the order of the files. */
    public List<KeyState> states() {
        return rings.stream().map(KeyState::of).toList();
    }

    /** @param fingerprint of a primary key, 40 upper-case hex digits */
    public Optional<KeyState> state(String fingerprint) {
        return states().stream()
                .filter(s -> s.fingerprint().equals(fingerprint))
                .findFirst();
    }

    /**
     * The key that was announced to follow: another one of the same owner (a mail address in common), made later, that signs
     * today.
     */
    public Optional<KeyState> successor(KeyState of, Instant now) {
        return states().stream()
                .filter(s -> !s.fingerprint().equals(of.fingerprint()))
                .filter(s -> s.created().isAfter(of.created()) && s.fault(now).isEmpty())
                .filter(s -> s.mails().stream().anyMatch(of.mails()::contains))
                .reduce((first, second) -> second);
    }
}
