package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where logins lie, and which of several counts. */
class LoginsTest {
    private static final String HOST = "registry.example.org:5000";

    @TempDir
    Path folder;

    private static String auth(String user) {
        return "{\"auth\":\"" + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8))
                + "\"}";
    }

    private Path write(String name, String json) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, json);
    }

    private static String user(Logins logins, String repository) {
        return logins.lookup(HOST, repository).map(RegistryAuth::user).orElse("nobody");
    }

    @Test
    void theLongestPathCounts() throws Exception {
        Path file = write(
                "config.json",
                "{\"auths\":{\"" + HOST + "\":" + auth("host") + ",\"" + HOST + "/team\":" + auth("team") + ",\"" + HOST
                        + "/team/app\":" + auth("app") + "}}");
        Logins logins = Logins.of(new DockerConfig(file));
        assertThat(user(logins, "team/app")).isEqualTo("app");
        assertThat(user(logins, "team/other/deep")).isEqualTo("team");
        assertThat(user(logins, "teams/app")).isEqualTo("host");
        assertThat(user(logins, "")).isEqualTo("host");
    }

    @Test
    void aPathAloneDoesNotServeItsNeighbours() throws Exception {
        Logins logins = Logins.of(
                new DockerConfig(write("config.json", "{\"auths\":{\"" + HOST + "/team\":" + auth("team") + "}}")));
        assertThat(user(logins, "team/app")).isEqualTo("team");
        assertThat(user(logins, "other/app")).isEqualTo("nobody");
        assertThat(user(logins, "")).isEqualTo("nobody");
    }

    @Test
    void everyOldFormIsRead() throws Exception {
        for (String key :
                new String[] {"https://" + HOST, "https://" + HOST + "/v1/", "http://" + HOST + "/v2/", HOST}) {
            Path file = write("old.json", "{\"auths\":{\"" + key + "\":" + auth("old") + "}}");
            assertThat(user(Logins.of(new DockerConfig(file)), "a/b")).as(key).isEqualTo("old");
        }
        Path flat = write(".dockercfg", "{\"https://" + HOST + "\":" + auth("flat") + "}");
        assertThat(user(Logins.of(new DockerConfig(flat)), "a")).isEqualTo("flat");
        Path clear =
                write("clear.json", "{\"auths\":{\"" + HOST + "\":{\"username\":\"kube\",\"password\":\"secret\"}}}");
        assertThat(user(Logins.of(new DockerConfig(clear)), "a")).isEqualTo("kube");
        assertThat(user(Logins.of(new DockerConfig(write("empty.json", ""))), "a"))
                .isEqualTo("nobody");
        assertThat(user(Logins.of(new DockerConfig(write("none.json", "{}"))), "a"))
                .isEqualTo("nobody");
    }

    @Test
    void aHelperMayServeAPath() throws Exception {
        Path helper = write(
                "helper-team",
                "#!/bin/sh\nread host\nprintf '{\"Username\":\"helped-%s\",\"Secret\":\"s\"}' \"$host\"\n");
        helper.toFile().setExecutable(true);
        Path file = write("helped.json", "{\"credHelpers\":{\"" + HOST + "/team\":\"team\"}}");
        DockerConfig config = new DockerConfig(file, folder + "/helper-");
        assertThat(config.lookup(HOST, "team/app").orElseThrow().user()).isEqualTo("helped-" + HOST + "/team");
        assertThat(config.lookup(HOST, "other")).isEmpty();
    }

    @Test
    void filesOfAllToolsInTheirOrder() throws Exception {
        Map<String, String> environment = Map.of(
                "HOME", folder.resolve("home").toString(),
                "XDG_RUNTIME_DIR", folder.resolve("run").toString(),
                "REGISTRY_AUTH_FILE", folder.resolve("named.json").toString(),
                "DOCKER_CONFIG", folder.resolve("docker").toString());
        String[][] order = {
            {"home/.config/helm/registry/config.json", "helm"},
            {"home/.docker/config.json", "docker"},
            {"home/.config/containers/auth.json", "podman"},
            {"run/containers/auth.json", "runtime"},
            {"docker/config.json", "named-docker"},
            {"named.json", "named"}
        };
        assertThat(user(Logins.ofUser(environment), "a")).isEqualTo("nobody");
        for (String[] each : order) {
            write(each[0], "{\"auths\":{\"" + HOST + "\":" + auth(each[1]) + "}}");
            assertThat(user(Logins.ofUser(environment), "a")).as(each[0]).isEqualTo(each[1]);
        }
    }
}
