package io.jenkins.plugins.darwin.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class PassphraseTest {
    @Test
    void asciiHasOneForm() {
        assertThat(Passphrase.forms("correct horse".toCharArray())).hasSize(1);
        assertThat(Passphrase.forms(new char[0])).hasSize(1);
    }

    @Test
    void lettersBeyondHaveTheOldFormsBehindUtf8() {
        assertThat(Passphrase.forms("gr\u00F6\u00DFe".toCharArray()))
                .containsExactly(
                        "gr\u00F6\u00DFe".getBytes(StandardCharsets.UTF_8),
                        "gro\u0308\u00DFe".getBytes(StandardCharsets.UTF_8),
                        "gr\u00F6\u00DFe".getBytes(StandardCharsets.ISO_8859_1),
                        "gr\u00F6\u00DFe".getBytes(Charset.forName("IBM850")));
        assertThat(Passphrase.forms("o\u0308".toCharArray()))
                .as("typed on a Mac: also as one letter")
                .startsWith("o\u0308".getBytes(StandardCharsets.UTF_8), "\u00F6".getBytes(StandardCharsets.UTF_8));
        assertThat(Passphrase.forms("\uD83D\uDE00".toCharArray()))
                .containsExactly("\uD83D\uDE00".getBytes(StandardCharsets.UTF_8));
        assertThat(Passphrase.forms("\u20AC".toCharArray()))
                .as("the euro is not in Latin-1")
                .containsExactly("\u20AC".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0x80});
    }

    @Test
    void aWrongOneIsToldAfterAllForms() {
        byte[] key = new KeyGenerator(new SecureRandom(), Clock.systemUTC())
                .generate(
                        KeyGenerator.KeyType.ED25519,
                        new io.jenkins.plugins.darwin.model.Person("Ada", "ada@example.org"),
                        "gr\u00F6\u00DFe".toCharArray())
                .secretKey()
                .getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> SecretKeySigner.open(key, "gr\u00FC\u00DFe".toCharArray(), Clock.systemUTC()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is wrong")
                .hasMessageNotContaining("gr\u00FC");
        assertThat(SecretKeySigner.open(key, "gr\u00F6\u00DFe".toCharArray(), Clock.systemUTC()))
                .isNotNull();
        assertThat(SecretKeySigner.open(key, "gro\u0308\u00DFe".toCharArray(), Clock.systemUTC()))
                .as("letters and marks apart are the same")
                .isNotNull();
    }
}
