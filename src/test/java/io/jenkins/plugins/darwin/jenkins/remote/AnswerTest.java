package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
    /** An agent that was taken over sends what it likes; it is stored with the build and handed to scripts. */
    @Test
    void takesNothingButPlainValues() throws Exception {
        for (Object evil : List.of(
                new File("/etc/passwd"),
                new LinkedHashMap<>(Map.of("deep", new ArrayList<>(List.of(new File("x"))))))) {
            LinkedHashMap<String, Object> values = new LinkedHashMap<>(Map.of("digest", evil));
            assertThatThrownBy(() -> new Answer("DONE", values, new ArrayList<>(), new ArrayList<>(), null, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("java.io.File");
        }
        Answer good = new Answer(
                "DONE", new LinkedHashMap<>(Map.of("rc", 2)), new ArrayList<>(), new ArrayList<>(), null, null);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(wire)) {
            out.writeObject(good);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(wire.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(good);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatAScriptDoesToItsCopyIsNotStored() {
        ArrayList<Object> files =
                new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("name", "a.zip", "sha512", "good"))));
        Answer answer = new Answer(
                "DONE", new LinkedHashMap<>(Map.of("files", files)), new ArrayList<>(), new ArrayList<>(), null, null);
        ((List<Map<String, Object>>) answer.returned().get("files")).get(0).put("sha512", "forged");
        assertThat(answer.values().get("files")).asString().contains("good").doesNotContain("forged");
        assertThat(answer.returned()).containsKey("changes");
    }
}
