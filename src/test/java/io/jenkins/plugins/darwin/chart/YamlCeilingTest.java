package io.jenkins.plugins.darwin.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a chart that were made to keep their reader busy, or to exhaust it. */
class YamlCeilingTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void aChartOfBracketsIsRefused(String open) {
        String deep = "name: x\nversion: 1.0.0\ny:\n  " + open.repeat(10_000);
        assertThatThrownBy(() -> ChartYaml.parse(bytes(deep), "Chart.yaml"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Chart.yaml is not readable")
                .hasMessageContaining("nested deeper than 200 levels");
        assertThat(new ImageNames("r.example.org/x", "values.yaml").inValues(bytes(deep)))
                .isEmpty();
    }

    @Test
    void aliasesDontMultiply() {
        StringBuilder laughs = new StringBuilder("name: x\nversion: 1.0.0\na0: &a0 [r.example.org/x/app:1]\n");
        for (int i = 1; i < 60; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(new ImageNames("r.example.org/x", "values.yaml").inValues(bytes(laughs.toString())))
                    .hasSize(1);
            try {
                assertThat(ChartYaml.parse(bytes(laughs.toString()), "Chart.yaml")
                                .require("name"))
                        .isEqualTo("x");
            } catch (ReleaseException e) {
                assertThat(e).hasMessageContaining("Chart.yaml is not readable");
            }
        });
    }

    /** Fewer aliases than any reader counts, each of them many times the one before: no memory is filled with them. */
    @Test
    void aliasesOfAliasesAreMeasuredBeforeTheyAreWrittenOut() {
        StringBuilder yaml =
                new StringBuilder("name: x\nversion: 1.0.0\nl0: &l0 [" + "abcdefgh, ".repeat(1000) + "z]\n");
        for (int level = 1; level <= 10; level++) {
            yaml.append("l%d: &l%d [*l%d, *l%d, *l%d, *l%d]%n"
                    .formatted(level, level, level - 1, level - 1, level - 1, level - 1));
        }
        yaml.append("annotations: { all: *l10 }\n");
        assertThatThrownBy(() -> ChartYaml.parse(bytes(yaml.toString()), "Chart.yaml"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("with its aliases written out it is larger than");
        assertThat(ChartYaml.parse(bytes("name: x\nversion: &v 1.0.0\nappVersion: *v\n"), "Chart.yaml")
                        .text("appVersion"))
                .contains("1.0.0");
    }

    @ParameterizedTest
    @CsvSource({"*a,30,b", "?*a,40,b", "[a-b]*,40,c", "*[!a]*a,30,b"})
    void noIgnoreRuleKeepsTheMatcherBusy(String part, int times, String end) {
        Pattern pattern = GoGlob.compile(part.repeat(times) + end);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(pattern.matcher("a".repeat(2_000) + "x").matches())
                        .isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "*a*b,xaxb,true", "*a*b,xaxbx,false", "a**b,ab,true", "*ab*ab,abab,true", "*ab*ab,ab,false",
                "*.t*,a.b.tpl,true",
        "*/*,a/b,true", "*/*,a/b/c,false", "a*c*,abcd/e,false", "*a/*b,xa/xb,true", "*aab,aaab,true", "*a*,a,true"
    })
    void aStarStopsAtASlashAndTakesAsLittleAsItCan(String glob, String path, boolean matches) {
        assertThat(GoGlob.compile(glob).matcher(path).matches()).isEqualTo(matches);
    }
}
