package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.KeyGenerator.GeneratedKey;
import io.jenkins.plugins.darwin.openpgp.KeyGenerator.KeyType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** gpg takes our keys for its own, and imports our KEYS file. */
class KeyGeneratorIT {
    private static final char[] PASSPHRASE = "sesame öffne dich".toCharArray();
    private static final Person RITA = Person.parse("Rita Release <rita@example.org>");
    private static final String USER_ID = "Rita Release (CODE SIGNING KEY) <rita@example.org>";

    private Gpg gpg;

    @TempDir
    Path dir;

    @BeforeEach
    void start() throws IOException {
        gpg = new Gpg();
    }

    @AfterEach
    void stop() throws IOException {
        gpg.close();
    }

    @ParameterizedTest
    @EnumSource
    void gpgImportsTheKeyAndSignsWithIt(KeyType type) throws Exception {
        GeneratedKey key = generate(type, RITA);
        gpg.ok("--passphrase", new String(PASSPHRASE), "--import", write("key.asc", key.secretKey()));

        assertThat(gpg.fingerprint("rita@example.org")).isEqualTo(key.fingerprint());
        String[] pub = gpg.colons("rita@example.org").stream()
                .filter(l -> l.startsWith("pub:"))
                .findFirst()
                .orElseThrow()
                .split(":");
        assertThat(pub[2]).isEqualTo(type == KeyType.RSA_4096 ? "4096" : "255");
        assertThat(pub[6]).as("never expires").isEmpty();
        assertThat(pub[11]).as("[SC]").startsWith("sc");
        assertThat(gpg.colons("rita@example.org")).anyMatch(l -> l.startsWith("uid:") && l.contains(USER_ID));

        Path file = Files.writeString(dir.resolve("file"), "content");
        assertThat(gpg.run(
                                new byte[0],
                                "--passphrase",
                                "wrong",
                                "--armor",
                                "--detach-sign",
                                "--output",
                                "-",
                                file.toString())
                        .exit())
                .as("the passphrase protects it")
                .isNotZero();
        String signature = gpg.ok(
                        "--passphrase",
                        new String(PASSPHRASE),
                        "--armor",
                        "--detach-sign",
                        "--output",
                        "-",
                        file.toString())
                .text();
        SignatureVerifier verifier =
                SignatureVerifier.of(key.publicKey().getBytes(StandardCharsets.US_ASCII), Clock.systemUTC());
        assertThat(verifier.verifyForeign(signature, "content".getBytes(StandardCharsets.UTF_8))
                        .state())
                .isEqualTo(SignatureCheck.State.GOOD);
    }

    @Test
    void theSecretIsLockedWithAes256AndSha256AndWeOpenIt() {
        GeneratedKey key = generate(KeyType.ED25519, RITA);
        String packets = gpg.ok(key.secretKey().getBytes(StandardCharsets.US_ASCII), "--list-packets")
                .text();
        assertThat(packets).contains("iter+salt S2K, algo: 9, SHA1 protection, hash: 8");
        SecretKeySigner signer = SecretKeySigner.open(
                key.secretKey().getBytes(StandardCharsets.US_ASCII), PASSPHRASE, Clock.systemUTC());
        assertThat(signer.fingerprint()).isEqualTo(key.fingerprint());
        assertThat(signer.publicKey()).isEqualTo(key.publicKey());
        assertThat(key.toString()).isEqualTo("GeneratedKey[" + key.fingerprint() + "]");
    }

    @Test
    void anEmptyPassphraseAndABracketInTheNameAreRefused() {
        KeyGenerator generator = new KeyGenerator(new SecureRandom(), Clock.systemUTC());
        assertThatThrownBy(() -> generator.generate(KeyType.ED25519, RITA, new char[0]))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("needs a passphrase");
        assertThatThrownBy(
                        () -> generator.generate(KeyType.ED25519, new Person("Rita (x)", "r@example.org"), PASSPHRASE))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("brackets");
    }

    @Test
    void aKeysFileGrowsAndGpgImportsAllOfIt() {
        GeneratedKey rita = generate(KeyType.ED25519, RITA);
        GeneratedKey olaf = generate(KeyType.ED25519, Person.parse("Ólaf Önnur <olaf@example.org>"));
        byte[] head = "This file holds the keys that sign our releases.\n".getBytes(StandardCharsets.UTF_8);

        byte[] one = KeysFile.append(head, rita.publicKey()).orElseThrow();
        byte[] two = KeysFile.append(one, olaf.publicKey()).orElseThrow();

        assertThat(KeysFile.append(two, rita.publicKey())).as("already there").isEmpty();
        assertThat(new String(two, StandardCharsets.UTF_8))
                .startsWith("This file")
                .contains("pub   " + rita.fingerprint())
                .contains("uid   " + USER_ID)
                .contains("uid   Ólaf Önnur (CODE SIGNING KEY)");
        assertThat(KeysFile.parse(two))
                .containsExactly(
                        new KeysFile.Key(rita.fingerprint(), List.of(USER_ID)),
                        new KeysFile.Key(
                                olaf.fingerprint(), List.of("Ólaf Önnur (CODE SIGNING KEY) <olaf@example.org>")));
        gpg.ok(two, "--import");
        assertThat(gpg.fingerprint("rita@example.org")).isEqualTo(rita.fingerprint());
        assertThat(gpg.fingerprint("olaf@example.org")).isEqualTo(olaf.fingerprint());
    }

    @Test
    void aNewKeysFileAndABinaryOneAreRead() {
        GeneratedKey rita = generate(KeyType.ED25519, RITA);
        byte[] fresh = KeysFile.append(new byte[0], rita.publicKey()).orElseThrow();
        gpg.ok(fresh, "--import");
        assertThat(KeysFile.parse(gpg.ok("--export").out())).containsExactlyElementsOf(KeysFile.parse(fresh));
    }

    @Test
    void aUserIdCannotForgeABlockOrALine() throws Exception {
        GeneratedKey key =
                generate(KeyType.ED25519, new Person("-----BEGIN PGP PUBLIC KEY BLOCK-----", "x@example.org"));
        GeneratedKey rita = generate(KeyType.ED25519, RITA);
        byte[] file = KeysFile.append(
                        KeysFile.append(new byte[0], key.publicKey()).orElseThrow(), rita.publicKey())
                .orElseThrow();
        assertThat(KeysFile.parse(file))
                .extracting(KeysFile.Key::fingerprint)
                .containsExactly(key.fingerprint(), rita.fingerprint());
    }

    @Test
    void aDamagedKeysFileHasNoKeyAndTakesANewOne() {
        String key = generate(KeyType.ED25519, RITA).publicKey();
        byte[] damaged = key.substring(0, key.length() / 2)
                .concat("\n-----END PGP PUBLIC KEY BLOCK-----\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> KeysFile.parse(damaged))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("KEYS");
        assertThat(KeysFile.parse(KeysFile.append(damaged, key).orElseThrow())).hasSize(1);
    }

    private static GeneratedKey generate(KeyType type, Person owner) {
        return new KeyGenerator(new SecureRandom(), Clock.systemUTC()).generate(type, owner, PASSPHRASE);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }
}
