package io.jenkins.plugins.darwin.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that is nested to exhaust its reader is one that is not readable, and no crash. */
class JsonCeilingTest {
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"version\":"})
    void aDocumentOfBracketsIsNotReadable(String open) {
        for (int depth : new int[] {10_000, 300_000}) {
            byte[] deep = ("{\"version\":" + open.repeat(depth)).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Json.read(deep, Candidate.class, "candidate.json"))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("candidate.json is not readable");
            assertThatThrownBy(() -> Json.read(deep, Version.class, "a version"))
                    .isInstanceOf(ReleaseException.class);
        }
    }
}
