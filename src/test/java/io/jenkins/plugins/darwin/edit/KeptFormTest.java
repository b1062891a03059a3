package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new value looks like the old one: with its {@code v}, its quotes, its blanks, its range. */
class KeptFormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${version}|v0.20.0|v1.3.0",
                "${version}|V0.20.0|V1.3.0",
                "${version}|0.20.0|1.3.0",
                "${version}|` 0.20.0 `|` 1.3.0 `",
                "${version}|\"v0.20.0\"|\"v1.3.0\"",
                "${version}|'0.20.0',|'1.3.0',",
                "${version}|^0.20.0|^1.3.0",
                "${version}|~0.20.0|~1.3.0",
                "${version}|>=0.20.0|>=1.3.0",
                "${version}|==0.20.0|==1.3.0",
                "${version}|workspace:^0.20.0|workspace:^1.3.0",
                "${version}|v1.2.0-SNAPSHOT|v1.3.0",
                "${version}|1.2.0.dev0+local|1.3.0",
                "${version}|v1.2|v1.3.0",
                "${version}|latest|1.3.0",
                "${version}|vnext|1.3.0",
                "${version}|>=1.0.0 <2.0.0|1.3.0",
                "${version}|\"0.20.0|1.3.0",
                "${major}.${minor}|v1.0|v1.3",
                "${version}-SNAPSHOT|v1.2.0-SNAPSHOT|v1.3.0-SNAPSHOT",
                "v${version}|0.20.0|v1.3.0",
                "v${version}|v0.20.0|v1.3.0",
                "shop-${version}|v0.20.0|shop-1.3.0",
                "${registry.release}|v1|registry.example.org:5000/darwin",
            })
    void aValueKeepsItsForm(String template, String old, String wanted) {
        assertThat(KeptForm.of(template, old, Placeholders.fill(template, Edits.VALUES)))
                .isEqualTo(wanted);
    }

    @Test
    void theVStaysInEveryFormat() {
        assertThat(Edits.of("f", "{\"version\": \"v1.0.0\"}")
                        .places(PlaceKind.JSON, "f", false, "version")
                        .after("f"))
                .isEqualTo("{\"version\": \"v1.3.0\"}");
        assertThat(Edits.of("f", "version = 'v1.0.0'\n")
                        .places(PlaceKind.TOML, "f", false, "version")
                        .after("f"))
                .isEqualTo("version = 'v1.3.0'\n");
        assertThat(Edits.of("f", "<version>v1.0.0</version>")
                        .places(PlaceKind.XML, "f", false, "version")
                        .after("f"))
                .isEqualTo("<version>v1.3.0</version>");
        assertThat(Edits.of("f", "VERSION ?= v1.0.0\n")
                        .places(PlaceKind.REGEX, "f", false, "^VERSION\\s*\\?=\\s*(\\S+)")
                        .after("f"))
                .isEqualTo("VERSION ?= v1.3.0\n");
        assertThat(Edits.of("f", "version: v1.0.0\n")
                        .yaml("f", "version")
                        .plan()
                        .places())
                .singleElement()
                .satisfies(p -> assertThat(p.newValue()).isEqualTo("v1.3.0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "YAML|v: \"1.0\"|${major}.${minor}|v: \"1.3\"",
                "YAML|v: 1.0|${major}.${minor}|v: 1.3",
                "YAML|v: 1|${major}|v: 1",
                "YAML|v: 7|${minor}|v: 3",
                "YAML|v: 1.0.0|${version}-SNAPSHOT|v: 1.3.0-SNAPSHOT",
                "YAML|v: 1.0.0|${version}.dev0|v: 1.3.0.dev0",
                "JSON|{\"v\": 1}|${minor}|{\"v\": 3}",
                "JSON|{\"v\": \"1\"}|${minor}|{\"v\": \"3\"}",
                "TOML|v = 1|${patch}|v = 0",
                "TOML|v = \"1.0\"|release-${major}.${minor}|v = \"release-1.3\"",
            })
    void partsOfTheVersionHavePlaceholders(PlaceKind kind, String before, String value, String after) {
        assertThat(Edits.of("f", before).place("f", new Place(kind, "v", value)).after("f"))
                .isEqualTo(after);
    }

    /** As a number 1.10 is 1.1: only quotes keep it. */
    @Test
    void aNumberThatWouldLoseADigitIsQuoted() {
        assertThat(Edits.of("f", "v: 1.9")
                        .version("1.10")
                        .place("f", new Place(PlaceKind.YAML, "v", "${version}"))
                        .after("f"))
                .isEqualTo("v: \"1.10\"");
    }
}
