package io.jenkins.plugins.darwin.cli.demo;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.KeyGenerator;
import io.jenkins.plugins.darwin.openpgp.KeysFile;
import io.jenkins.plugins.darwin.openpgp.SecretKeySigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Throw-away keys of the people in the demo, in a folder that nobody else may read. */
final class DemoKeys {
    static final String RELEASE_MANAGER = "asha";
    static final List<String> VOTERS = List.of("alice", "bob", "carol");
    private static final int PASSPHRASE_BYTES = 18;

    private final Path folder;
    private final Path keysFile;
    private final Clock clock;

    DemoKeys(Path dir, Clock clock) {
        this.folder = dir.resolve("keys");
        this.keysFile = dir.resolve("KEYS");
        this.clock = clock;
    }

    /** Makes the keys that are missing and lists all in KEYS. */
    void make() {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder.getParent());
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path passphrase = folder.resolve("passphrase");
            if (!Files.exists(passphrase)) {
                byte[] random = new byte[PASSPHRASE_BYTES];
                new SecureRandom().nextBytes(random);
                Files.writeString(passphrase, Base64.getUrlEncoder().encodeToString(random) + "\n");
            }
            make(RELEASE_MANAGER, "Asha Rao");
            for (String voter : VOTERS) {
                make(voter, voter.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + voter.substring(1));
            }
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to make the demo's keys in " + folder + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    private void make(String id, String name) throws IOException {
        Path file = folder.resolve(id + ".key");
        if (Files.exists(file)) {
            return;
        }
        KeyGenerator.GeneratedKey key = new KeyGenerator(new SecureRandom(), clock)
                .generate(KeyGenerator.KeyType.ED25519, new Person(name, id + "@example.org"), passphrase());
        byte[] known = Files.exists(keysFile) ? Files.readAllBytes(keysFile) : new byte[0];
        Optional<byte[]> all = KeysFile.append(known, key.publicKey());
        if (all.isPresent()) {
            Files.write(keysFile, all.get());
        }
        // Last: a key that is there is in KEYS, too.
        Files.writeString(file, key.secretKey(), StandardCharsets.US_ASCII);
    }

    SecretKeySigner signer(String id) {
        try {
            return SecretKeySigner.open(Files.readAllBytes(folder.resolve(id + ".key")), passphrase(), clock);
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Tried to read the demo's key of " + id + " but failed because: " + e.getMessage() + ".", e);
        }
    }

    private char[] passphrase() throws IOException {
        return Files.readString(folder.resolve("passphrase")).strip().toCharArray();
    }
}
