package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigTest {
    @TempDir
    Path directory;

    private DockerConfig config(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("config.json"), json);
        return new DockerConfig(file, directory.resolve("docker-credential-").toString());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsTheEntryOfTheHost() throws Exception {
        DockerConfig config = config("{\"auths\":{\"127.0.0.1:5000\":{\"auth\":\"" + base64("ann:pass:wörd") + "\"},"
                + "\"https://old.example\":{\"auth\":\"" + base64("old:x") + "\"},"
                + "\"https://index.docker.io/v1/\":{\"auth\":\"" + base64("hub:y") + "\"},"
                + "\"token.example\":{\"auth\":\"" + base64("z:")
                + "\",\"identitytoken\":\"refresh-me\"},\"empty.example\":{}}}");
        assertThat(config.lookup("127.0.0.1:5000")).contains(new RegistryAuth("ann", "pass:wörd"));
        assertThat(config.lookup("old.example")).contains(new RegistryAuth("old", "x"));
        assertThat(config.lookup("docker.io")).contains(new RegistryAuth("hub", "y"));
        assertThat(config.lookup("token.example")).contains(new RegistryAuth("<token>", "refresh-me"));
        assertThat(config.lookup("empty.example")).isEmpty();
        assertThat(config.lookup("127.0.0.1:5001")).isEmpty();
        assertThat(config.lookup("127.0.0.1")).isEmpty();
    }

    @Test
    void asksTheHelperOfTheHostAndElseTheStore() throws Exception {
        helper(
                "mine",
                "read host; test \"$host\" = a.example || exit 1; echo '{\"Username\":\"ann\",\"Secret\":\"s1\"}'");
        helper("store", "read host; echo \"{\\\"Username\\\":\\\"$host\\\",\\\"Secret\\\":\\\"s2\\\"}\"");
        DockerConfig config =
                config("{\"credHelpers\":{\"a.example\":\"mine\",\"b.example\":\"mine\"},\"credsStore\":\"store\","
                        + "\"auths\":{\"b.example\":{\"auth\":\"" + base64("file:s3") + "\"}}}");
        assertThat(config.lookup("a.example")).contains(new RegistryAuth("ann", "s1"));
        assertThat(config.lookup("b.example")).contains(new RegistryAuth("file", "s3"));
        assertThat(config.lookup("c.example:5000")).contains(new RegistryAuth("c.example:5000", "s2"));
    }

    private void helper(String name, String script) throws IOException {
        Path file = Files.writeString(
                directory.resolve("docker-credential-" + name),
                "#!/bin/sh\ntest \"$1\" = get || exit 9\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void saysWhatIsWrongWithoutTheSecret() throws Exception {
        assertThat(new DockerConfig(directory.resolve("none.json")).lookup("x")).isEmpty();
        assertThatThrownBy(() -> config("not json").lookup("x"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("config.json is not a JSON object");
        String secret = base64("nocolonsecret");
        assertThatThrownBy(() -> config("{\"auths\":{\"x\":{\"auth\":\"" + secret + "\"}}}")
                        .lookup("x"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("entry for x")
                .hasMessageNotContaining("nocolonsecret")
                .hasNoCause();
        assertThatThrownBy(() -> config("{\"credsStore\":\"gone\"}").lookup("x"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("could not be run");
        assertThatThrownBy(() -> config("{\"credsStore\":\"../../bin/sh\"}").lookup("x"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("can't be one");
    }

    @Test
    void findsTheUsersFile() throws Exception {
        Files.createDirectories(directory.resolve(".docker"));
        String json = "{\"auths\":{\"x\":{\"auth\":\"" + base64("a:b") + "\"}}}";
        Files.writeString(directory.resolve(".docker/config.json"), json);
        assertThat(DockerConfig.ofUser(Map.of(), directory).lookup("x")).isPresent();
        assertThat(DockerConfig.ofUser(
                                Map.of(
                                        "DOCKER_CONFIG",
                                        directory.resolve("other").toString()),
                                directory)
                        .lookup("x"))
                .isEmpty();
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new RegistryAuth("ann", "hunter2").toString())
                .contains("ann")
                .doesNotContain("hunter2");
        assertThat(RegistryOptions.defaults()
                        .withAuth(new RegistryAuth("ann", "hunter2"))
                        .toString())
                .doesNotContain("hunter2");
    }
}
