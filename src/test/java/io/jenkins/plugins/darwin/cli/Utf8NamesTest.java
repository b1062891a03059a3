package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class Utf8NamesTest {
    @Test
    void theSameBytesAreGivenOnceMore() {
        byte[] line = "java\0-jar\0x.jar\0hotfix\0Büro \\ \"x\"\nend\0\0".getBytes(StandardCharsets.UTF_8);
        assertThat(new String(Utf8Names.argumentFile(line), StandardCharsets.UTF_8)
                        .lines()
                        .skip(1))
                .containsExactly("\"-jar\"", "\"x.jar\"", "\"hotfix\"", "\"Büro \\\\ \\\"x\\\"\\nend\"", "\"\"");
    }

    @Test
    void namesInAsciiNeedNothing() {
        assertThat(Utf8Names.startAgain(new String[] {"cut", "1.1.0"})).isEqualTo(OptionalInt.empty());
    }
}
