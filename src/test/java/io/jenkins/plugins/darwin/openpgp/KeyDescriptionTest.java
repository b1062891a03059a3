package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Person;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class KeyDescriptionTest {
    @Test
    void namesOwnerAlgorithmAndNoExpiry() {
        var made = new KeyGenerator(new SecureRandom(), Clock.systemUTC())
                .generate(KeyGenerator.KeyType.ED25519, new Person("Ada", "ada@example.org"), "secret".toCharArray());
        var signer = SecretKeySigner.open(
                made.secretKey().getBytes(StandardCharsets.US_ASCII), "secret".toCharArray(), Clock.systemUTC());
        var description = KeyDescription.of(signer);
        assertThat(description.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(description.userId()).isEqualTo("Ada (CODE SIGNING KEY) <ada@example.org>");
        assertThat(description.algorithm()).isEqualTo("Ed25519");
        assertThat(description.expires()).isEmpty();
    }
}
