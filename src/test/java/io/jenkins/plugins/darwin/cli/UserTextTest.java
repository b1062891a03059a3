package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "ISO-8859-1"})
    void theEncodingIsSeen(String charset) {
        assertThat(UserText.of("größe".getBytes(Charset.forName(charset)))).isEqualTo("größe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aMarkIsNoPartOfTheText(String charset) {
        assertThat(UserText.of("\uFEFF😀x".getBytes(Charset.forName(charset)))).isEqualTo("😀x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b ", "a b \n", "a b \r\n", "a b \r", "a b \n\n", "a b \r\nsecond\n"})
    void aPassphraseIsTheFirstLineWithItsSpaces(String file) {
        assertThat(UserText.firstLine(file.getBytes(StandardCharsets.UTF_8))).isEqualTo("a b ");
    }

    @Test
    void nothingIsNothing() {
        assertThat(UserText.firstLine(new byte[0])).isEmpty();
        assertThat(UserText.firstLine(new byte[] {'\n'})).isEmpty();
        assertThat(UserText.of(new byte[] {'x'})).isEqualTo("x");
    }
}
