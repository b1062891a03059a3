package io.jenkins.plugins.darwin.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u0007",
                "\u001b",
                "\u007f",
                "\u0085",
                "\u009b",
                "\u200b",
                "\u200c",
                "\u200d",
                "\u200e",
                "\u202e",
                "\u2028",
                "\u2029",
                "\u2060",
                "\u2066",
                "\ufeff",
                "\u00ad",
                "\u061c",
                "\u115f",
                "\u3164",
                "\ud800",
                "\udb40\udc41",
                "\r"
            })
    void hiddenCharactersAreTakenOut(String mark) {
        assertThat(ForeignText.line("a" + mark + "b")).isEqualTo("a b");
        assertThat(ForeignText.shown("a" + mark + "b")).isEqualTo("a?b");
        assertThat(ForeignText.lines("a" + mark + "b\n\tc")).isEqualTo("a?b\n\tc");
        assertThat(ForeignText.isPlainLine("a" + mark + "b")).isFalse();
    }

    @Test
    void whatPeopleWriteStays() {
        String text = "Ünïcödé, 日本語, עברית, \uD83D\uDC68\u200D\uD83D\uDCBB \u2B06\uFE0F";
        assertThat(ForeignText.line(text)).isEqualTo(text);
        assertThat(ForeignText.isPlainLine(text)).isTrue();
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(ForeignText.shown("\uD83D\uDC1B".repeat(201))).isEqualTo("\uD83D\uDC1B".repeat(200) + "...");
    }

    @Test
    void jsonSaysTheSameWithEscapes() {
        byte[] written = Json.write("a\u009b\u202e\"");
        String escaped = ForeignText.json(new String(written, java.nio.charset.StandardCharsets.UTF_8));
        assertThat(escaped).isEqualTo("\"a\\u009b\\u202e\\\"\"\n");
    }

    @Test
    void noMessageOfOursCarriesThem() {
        assertThat(ReleaseException.failed("found '\u009b31m\u202e'").getMessage())
                .isEqualTo("found '?31m?'");
    }
}
