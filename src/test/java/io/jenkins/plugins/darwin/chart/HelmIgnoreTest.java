package io.jenkins.plugins.darwin.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelmIgnoreTest {
    private static HelmIgnore rules(String text) {
        return new HelmIgnore(Optional.of(text.getBytes(StandardCharsets.UTF_8)), "c/.helmignore");
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "helm.txt, helm.txt, true",
        "helm.*, helm.txt, true",
        "helm.*, rudder.txt, false",
        "*.txt, deep/tiller.txt, true",
        "cargo, cargo/a.txt, true",
        "cargo/, cargo/a.txt, true",
        "cargo/, x/cargo/a.txt, true",
        "helm.txt/, helm.txt, false",
        "/a.txt, a.txt, true",
        "/a.txt, cargo/a.txt, false",
        "/cargo, cargo/a.txt, true",
        "/cargo, x/cargo/a.txt, false",
        "cargo/*.txt, cargo/a.txt, true",
        "cargo/*.txt, x/cargo/a.txt, false",
        "mast/, mast, false",
        "ma?t/b.txt, mast/b.txt, true",
        "ru[c-e]?er.txt, rudder.txt, true",
        "ru[^c-e]?er.txt, rudder.txt, false",
        "a[!b]c, a!c, true",
        "\\*.txt, a.txt, false",
        "'\\*.txt', '*.txt', true",
        "*, a/b, true",
        "a*c, a/c, false",
        "{a}, a, false",
        "{a}, {a}, true",
        "[z-a], z, false",
        "'  spaced.txt  ', spaced.txt, true",
        "'#x', '#x', false",
        ".DS_Store, a/.DS_Store, true"
    })
    void eachRuleSpeaksAsInHelm(String rule, String path, boolean ignored) {
        assertThat(rules(rule).ignores(path)).isEqualTo(ignored);
    }

    @Test
    void theFirstRuleThatSpeaksDecidesAndANegatedOneLeavesOutTheRest() {
        assertThat(rules("a.txt\n!a.txt").ignores("a.txt")).isTrue();
        assertThat(rules("!a.txt").ignores("a.txt")).isFalse();
        assertThat(rules("!a.txt").ignores("b.txt")).isTrue();
        assertThat(rules("!keep/").ignores("keep/a.txt"))
                .isTrue(); // a.txt is no folder: Helm's rule, surprising as it is
    }

    @Test
    void hiddenTemplatesAreLeftOutWithoutAnyRule() {
        HelmIgnore none = new HelmIgnore(Optional.empty(), "c/.helmignore");
        assertThat(none.ignores("templates/.swp")).isTrue();
        assertThat(none.ignores("templates/a.yaml")).isFalse();
        assertThat(none.ignores("templates/deep/.swp")).isFalse();
        assertThat(none.ignores(".helmignore")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"**/x", "[", "[a", "[]", "[a-", "[-a]", "x\\"})
    void whatHelmCannotReadIsRefusedWithItsLine(String rule) {
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> rules("# first\n" + rule + "\n"))
                .withMessageContaining("c/.helmignore, line 2")
                .withMessageContaining(rule);
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "1.3.0, 1.3.0, true",
        "1.3.0, 1.2.9, false",
        "v1.3.0, 1.3.0, true",
        "'', 1.0.0, true",
        "'*', 1.0.0, true",
        "^1.2.0, 1.9.0, true",
        "^1.2.0, 2.0.0, false",
        "~1.2.3, 1.2.9, true",
        "~1.2.3, 1.3.0, false",
        "1.x, 1.7.0, true",
        "1.2, 1.2.5, true",
        "'>= 1.2, < 2', 1.5.0, true",
        "'>=1.2.0 <2.0.0', 2.0.0, false",
        "'1.0.0 || 2.x', 2.5.0, true",
        "'1.0.0 - 2.0.0', 1.5.0, true",
        "'1.0.0 - 2.0.0', 2.5.0, false",
        "'>= v1.2.0', 1.3.0, true",
        "'!=1.3.0', 1.3.0, false"
    })
    void rangesOfDependencies(String range, String version, boolean contained) {
        assertThat(VersionRange.contains(range, version)).contains(contained);
    }

    @Test
    void aRangeThatWeCannotJudgeIsLeftToHelm() {
        assertThat(VersionRange.contains(">>1", "1.0.0")).isEmpty();
        assertThat(VersionRange.contains("^1.0.0", "not a version")).isEmpty();
    }
}
