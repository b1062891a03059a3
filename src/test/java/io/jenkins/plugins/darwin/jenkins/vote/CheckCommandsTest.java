package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandsTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @Test
    void oneACandidateAndOneAnImage() {
        assertThat(CheckCommands.of(
                        "127.0.0.1:5000/staging",
                        "127.0.0.1:5000/staging/darwin-release:1.3.0-RC1",
                        List.of(new GateAbout.Part("darwin-compute", DIGEST))))
                .containsExactly(
                        "bin/darwin verify 127.0.0.1:5000/staging/darwin-release:1.3.0-RC1 --keys KEYS",
                        "docker pull 127.0.0.1:5000/staging/darwin-compute@" + DIGEST);
    }

    @Test
    void imagesInAFolderAreNotPulled() {
        assertThat(CheckCommands.of(
                        "oci-layout:/srv/staging",
                        "oci-layout:/srv/staging/darwin-release:1.3.0-RC1",
                        List.of(new GateAbout.Part("darwin-compute", DIGEST))))
                .containsExactly("bin/darwin verify oci-layout:/srv/staging/darwin-release:1.3.0-RC1 --keys KEYS");
    }

    /** Whoever pastes one must run that command and no other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;id",
                "a$(id)",
                "a`id`",
                "a|id",
                "a&id",
                "a id",
                "a\nid",
                "a'",
                "a\"",
                "a>b",
                "a\\b",
                "a*",
                "a{b,c}",
                "a~",
                "a#b",
                "a!b",
                "a%PATH%",
                "a^b",
                "a\u202eb",
                "a\u00e4"
            })
    void whatAShellReadsOtherwiseIsInNoCommand(String evil) {
        assertThat(CheckCommands.of(
                        "r.example.org/" + evil,
                        "r.example.org/" + evil + "/darwin-release:1.3.0-RC1",
                        List.of(new GateAbout.Part("darwin-compute", DIGEST))))
                .isEmpty();
        assertThat(CheckCommands.of(
                        "r.example.org",
                        "-" + evil,
                        List.of(new GateAbout.Part(evil, DIGEST), new GateAbout.Part("b", evil))))
                .isEmpty();
    }

    @Test
    void noOptionOfAProgram() {
        assertThat(CheckCommands.of("--privileged", "--config=x", List.of(new GateAbout.Part("b", DIGEST))))
                .isEmpty();
    }
}
