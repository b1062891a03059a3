package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * A KEYS file as Apache projects keep it: for each key a few lines that say whose it is, then the armored block. gpg
 * imports it as it is.
 */
public final class KeysFile {
    private static final Pattern BLOCK = Pattern.compile(
            "^-----BEGIN PGP PUBLIC KEY BLOCK-----.*?^-----END PGP PUBLIC KEY BLOCK-----",
            Pattern.DOTALL | Pattern.MULTILINE);

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
     * Lists the keys.
     *
     * @throws ReleaseException usage, when there is none, or one of them is damaged
     */
    public static List<Key> parse(byte[] file) {
        return rings(file).stream()
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
        List<PGPPublicKeyRing> added = rings(armored);
        if (added.size() != 1) {
            throw ReleaseException.usage(
                    "Expected one public key to add to the KEYS file, found " + added.size() + ".");
        }
        PGPPublicKey key = added.get(0).getPublicKey();
        if (file.length > 0 && hasKey(file) && rings(file).stream().anyMatch(r -> same(r, added.get(0)))) {
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

    static List<PGPPublicKeyRing> rings(byte[] file) {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        try {
            Matcher blocks = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
            while (blocks.find()) {
                add(rings, blocks.group().getBytes(StandardCharsets.ISO_8859_1));
            }
            if (rings.isEmpty()) {
                add(rings, file); // binary, as gpg --export without --armor writes it
            }
        } catch (IOException e) {
            throw ReleaseException.usage("The KEYS file can't be read: a key in it is damaged.", e);
        }
        if (rings.isEmpty()) {
            throw ReleaseException.usage(
                    "The KEYS file holds no public key: expected what gpg --armor --export writes.");
        }
        return rings;
    }

    private static void add(List<PGPPublicKeyRing> rings, byte[] block) throws IOException {
        Keys.objects(block).stream()
                .filter(PGPPublicKeyRing.class::isInstance)
                .map(PGPPublicKeyRing.class::cast)
                .forEach(rings::add);
    }

    private static boolean hasKey(byte[] file) {
        return BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1)).find();
    }

    /** An extended or revoked key is another one: its new state has to reach the readers. */
    private static boolean same(PGPPublicKeyRing one, PGPPublicKeyRing other) {
        try {
            return Arrays.equals(one.getEncoded(), other.getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e); // memory only
        }
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
