package io.jenkins.plugins.darwin.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The login that a build tool is given: ours for our hosts, and whatever else the user has. */
class BaseImageLoginsTest {
    private static final String HOST = "registry.example.org:5000";
    private static final String OURS = "cmVsZWFzZTpwYTU1"; // release:pa55

    @TempDir
    Path temp;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, RegistryAuth> logins = new HashMap<>(Map.of(HOST, new RegistryAuth("release", "pa55")));

    private Optional<Path> folder(BuildTool.Kind tool, WorkFolder work) {
        environment.putIfAbsent("HOME", temp.resolve("home").toString());
        return BaseImageLogins.folder(
                new BuildContext(
                        null,
                        new CommitId("a".repeat(40)),
                        Version.parse("1.3.0"),
                        Instant.EPOCH,
                        Optional.empty(),
                        null,
                        null,
                        environment,
                        logins,
                        temp,
                        temp,
                        Progress.silent()),
                tool,
                work);
    }

    private JsonNode config(BuildTool.Kind tool) throws IOException {
        try (WorkFolder work = WorkFolder.in(temp.resolve("work"), Progress.silent())) {
            Path file = folder(tool, work).orElseThrow().resolve("config.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            return new ObjectMapper().readTree(file.toFile());
        }
    }

    private void own(String file, String content) throws IOException {
        Path path = temp.resolve("home").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Test
    void nobodyToLogInAsIsNoFile() {
        logins.clear();
        try (WorkFolder work = WorkFolder.in(temp.resolve("work"), Progress.silent())) {
            assertThat(folder(BuildTool.Kind.BUILDAH, work)).isEmpty();
        }
    }

    @Test
    void theUsersOtherLoginsStay() throws IOException {
        own(
                ".docker/config.json",
                "{\"auths\":{\"other.example.org\":{\"auth\":\"eDp5\"},\"" + HOST + "\":{\"auth\":\"eDp5\"}}}");
        for (BuildTool.Kind tool : BuildTool.Kind.values()) {
            JsonNode auths = config(tool).path("auths");
            assertThat(auths.path(HOST).path("auth").asText()).isEqualTo(OURS);
            assertThat(auths.path("other.example.org").path("auth").asText()).isEqualTo("eDp5");
        }
    }

    /** The file that buildah and podman would have read is the one that is completed. */
    @Test
    void theFirstPlaceOfTheToolCounts() throws IOException {
        own(".docker/config.json", "{\"auths\":{\"docker.example.org\":{\"auth\":\"eDp5\"}}}");
        own("run/containers/auth.json", "{\"auths\":{\"podman.example.org\":{\"auth\":\"eDp5\"}}}");
        environment.put("XDG_RUNTIME_DIR", temp.resolve("home/run").toString());
        assertThat(config(BuildTool.Kind.PODMAN).path("auths").has("podman.example.org"))
                .isTrue();
        assertThat(config(BuildTool.Kind.DOCKER).path("auths").has("docker.example.org"))
                .isTrue();
        own("named.json", "{\"auths\":{\"named.example.org\":{\"auth\":\"eDp5\"}}}");
        environment.put("REGISTRY_AUTH_FILE", temp.resolve("home/named.json").toString());
        assertThat(config(BuildTool.Kind.BUILDAH).path("auths").has("named.example.org"))
                .isTrue();
    }

    /** A helper is asked before the file: for our hosts there is none, in the words of each tool. */
    @Test
    void noHelperStandsBefore() throws IOException {
        own(
                ".docker/config.json",
                "{\"credsStore\":\"desktop\",\"credHelpers\":{\"" + HOST + "\":\"ecr\",\"b\":\"gcr\"}}");
        JsonNode docker = config(BuildTool.Kind.DOCKER).path("credHelpers");
        assertThat(docker.path(HOST).asText("none")).isEmpty();
        assertThat(docker.path("b").asText()).isEqualTo("gcr");
        assertThat(config(BuildTool.Kind.BUILDAH).path("credHelpers").has(HOST)).isFalse();
    }

    @Test
    void dockersContextsAndPluginsStay() throws IOException {
        own(".docker/config.json", "{\"currentContext\":\"remote\"}");
        own(".docker/contexts/meta/x/meta.json", "{}");
        try (WorkFolder work = WorkFolder.in(temp.resolve("work"), Progress.silent())) {
            Path folder = folder(BuildTool.Kind.DOCKER, work).orElseThrow();
            assertThat(folder.resolve("contexts/meta/x/meta.json")).exists();
            assertThat(folder(BuildTool.Kind.DOCKER, work)).as("the next build").contains(folder);
        }
        assertThat(temp.resolve("home/.docker/contexts/meta/x/meta.json"))
                .as("a link is removed, not what it leads to")
                .exists();
    }

    @Test
    void aDamagedFileOfTheUserIsNoLogin() throws IOException {
        own(".docker/config.json", "{{");
        assertThat(config(BuildTool.Kind.DOCKER)
                        .path("auths")
                        .path(HOST)
                        .path("auth")
                        .asText())
                .isEqualTo(OURS);
    }
}
