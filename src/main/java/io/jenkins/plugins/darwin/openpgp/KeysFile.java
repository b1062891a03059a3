package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * A KEYS file as Apache projects keep it: for each key a few lines that say whose it is, then the armored block. gpg
 * imports it as it is.
 */
public final class KeysFile {
    private KeysFile() {}

    /**
     * A key of the file.
     *
     * @param fingerprint of the primary, 40 upper-case hex digits
     * @param userIds as they are in the key; foreign text
     */
    public record Key(String fingerprint, List<String> userIds) {
        public Key {
            userIds = List.copyOf(userIds);
        }
    }

    /**
     * Lists the keys, each once.
     *
     * @throws ReleaseException usage, when there is none that can be used
     */
    public static List<Key> parse(byte[] file) {
        return PublicKeys.of(file).rings().stream()
                .map(ring -> new Key(Keys.fingerprint(ring.getPublicKey()), userIds(ring.getPublicKey())))
                .toList();
    }

    /**
     * Adds a key at the end.
     *
     * @param file what is there, empty for a new file
     * @param publicKey armored, see {@link DetachedSigner#publicKey()}
     * @return the whole new file; empty when the very same key is there already
     * @throws ReleaseException usage, when either is damaged
     */
    public static Optional<byte[]> append(byte[] file, String publicKey) {
        byte[] armored = publicKey.getBytes(StandardCharsets.US_ASCII);
        List<PGPPublicKeyRing> added = PublicKeys.of(armored).rings();
        if (added.size() != 1) {
            throw ReleaseException.usage(
                    "Expected one public key to add to the KEYS file, found " + added.size() + ".");
        }
        if (Armor.wide(file) != null || Armor.binary(file)) {
            throw ReleaseException.usage("The KEYS file is " + (Armor.binary(file) ? "binary" : "UTF-16")
                    + ", so no armored key can be added to it: write it again as plain text"
                    + " (gpg --armor --export, not through PowerShell's '>').");
        }
        PGPPublicKey key = added.get(0).getPublicKey();
        if (says(file, armored)) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(file);
        if (file.length > 0) {
            out.writeBytes((file[file.length - 1] == '\n' ? "\n" : "\n\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(comment(key).getBytes(StandardCharsets.UTF_8));
        out.writeBytes(armored);
        return Optional.of(out.toByteArray());
    }

    /** Whether the file says all that the key says: an extended or revoked key has to reach the readers. */
    private static boolean says(byte[] file, byte[] armored) {
        if (Armor.blocks(file).isEmpty()) {
            return false;
        }
        KeyMerge merge = new KeyMerge();
        Armor.blocks(file).stream().filter(b -> b.kind().equals(Armor.PUBLIC)).forEach(b -> merge.add(b.packets(), ""));
        List<String> before = encoded(merge);
        Armor.blocks(armored).forEach(b -> merge.add(b.packets(), ""));
        return before.equals(encoded(merge));
    }

    private static List<String> encoded(KeyMerge merge) {
        return merge.rings().stream()
                .map(ring -> {
                    try {
                        return HexFormat.of().formatHex(ring.getEncoded());
                    } catch (IOException e) {
                        throw new IllegalStateException(e); // memory only
                    }
                })
                .toList();
    }

    /** Like the head of gpg --list-keys; indented, so that no user ID can look like the start of a block. */
    private static String comment(PGPPublicKey key) {
        StringBuilder text = new StringBuilder("pub   ")
                .append(Keys.fingerprint(key))
                .append(' ')
                .append(Text.time(key.getCreationTime().toInstant()), 0, 10)
                .append('\n');
        userIds(key).forEach(id -> text.append("uid   ").append(Text.shown(id)).append('\n'));
        return text.append('\n').toString();
    }

    private static List<String> userIds(PGPPublicKey key) {
        List<String> ids = new ArrayList<>();
        key.getRawUserIDs().forEachRemaining(id -> ids.add(new String(id, StandardCharsets.UTF_8)));
        return ids;
    }
}
