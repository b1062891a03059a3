package io.jenkins.plugins.darwin.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildEnvironmentTest {
    @ParameterizedTest
    @ValueSource(strings = {"DARWIN_SIGNING_KEY", "DARWIN_SIGNING_PASSPHRASE", "DARWIN_SIGNING_PASSPHRASE_FILE"})
    void aKeyThatAScriptCouldReadIsTold(String variable) {
        assertThat(ChildEnvironment.warning(Map.of(variable, "s3cret", "PATH", "/bin"), List.of("./setup.sh -y")))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .startsWith("WARNING: " + variable + " is in this process's environment")
                        .contains("./setup.sh -y runs")
                        .doesNotContain("s3cret"));
    }

    @Test
    void allOfThemAndAllScripts() {
        assertThat(ChildEnvironment.warning(
                        Map.of("DARWIN_SIGNING_KEY", "k", "DARWIN_SIGNING_PASSPHRASE", "p"),
                        List.of("./a\u001b[2J.sh", "./b.sh")))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .contains("DARWIN_SIGNING_KEY, DARWIN_SIGNING_PASSPHRASE are in", "./b.sh run.")
                        .doesNotContain("\u001b"));
    }

    @Test
    void noScriptOrNoKeyIsNoWarning() {
        assertThat(ChildEnvironment.warning(Map.of("DARWIN_SIGNING_KEY", "k"), List.of()))
                .isEmpty();
        assertThat(ChildEnvironment.warning(
                        Map.of("DARWIN_SIGNING_KEY", "", "DARWIN_REGISTRY_USER", "u"), List.of("./a.sh")))
                .isEmpty();
    }
}
