package io.jenkins.plugins.darwin.testing;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.KeyGenerator;
import io.jenkins.plugins.darwin.openpgp.SecretKeySigner;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** A throw-away Ed25519 key: made at once, and its signatures are the same bytes for the same input. */
public final class TestKey {
    public static final String PASSPHRASE = "correct horse battery staple";
    /** Before everything that is signed in tests. */
    private static final Instant MADE = Instant.parse("2025-01-01T00:00:00Z");

    private final KeyGenerator.GeneratedKey key;

    private TestKey(KeyGenerator.GeneratedKey key) {
        this.key = key;
    }

    public static TestKey make(String name) {
        return new TestKey(new KeyGenerator(new SecureRandom(), Clock.fixed(MADE, ZoneOffset.UTC))
                .generate(
                        KeyGenerator.KeyType.ED25519,
                        new Person(name, name.toLowerCase(java.util.Locale.ROOT) + "@example.org"),
                        PASSPHRASE.toCharArray()));
    }

    public DetachedSigner signer(Clock clock) {
        return SecretKeySigner.open(secret().getBytes(StandardCharsets.US_ASCII), PASSPHRASE.toCharArray(), clock);
    }

    /** Armored, locked with the passphrase. */
    public String secret() {
        return key.secretKey();
    }

    public byte[] publicKey() {
        return key.publicKey().getBytes(StandardCharsets.US_ASCII);
    }

    public String fingerprint() {
        return key.fingerprint();
    }
}
