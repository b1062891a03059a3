package io.jenkins.plugins.darwin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with an image's source is told before anything is built or pushed. */
class SourcesTest {
    @TempDir
    Path temp;

    private void refused(ImageSource source, String... parts) {
        MemoryTree tree = new MemoryTree()
                .file("a/Dockerfile", "FROM scratch\n")
                .link("a/out", "../../etc")
                .file("b", "x");
        var to = Registries.open("oci-layout:" + temp.resolve("registry"), RegistryOptions.defaults());
        BuildContext context = new BuildContext(
                tree,
                tree.commit(),
                Version.parse("1.3.0"),
                Instant.EPOCH,
                Optional.empty(),
                to::repository,
                to::repository,
                Map.of("PATH", temp.toString()),
                Map.of(),
                temp.resolve("logs"),
                temp.resolve("temp"),
                Progress.silent());
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> ImageBuilds.buildAll(List.of(source), context, 2, name -> {}))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
        assertThat(temp.resolve("logs")).doesNotExist();
        assertThat(temp.resolve("temp")).isEmptyDirectory();
        assertThat(temp.resolve("registry"))
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(path).isEmptyDirectory());
    }

    private void tool(String name) throws IOException {
        assertThat(Files.writeString(temp.resolve(name), "#!/bin/sh\n").toFile().setExecutable(true))
                .isTrue();
    }

    @Test
    void filesThatAreMissingOrLeadOutAreRefused() {
        refused(new ImageSource.Files("x", "gone", "/"), "Image x was not built", "no file at 'gone'");
        refused(new ImageSource.Files("x", "../gone", "/"), "leaves it");
        refused(new ImageSource.Files("x", "a", "/"), "a/out", "leads out of a");
        refused(new ImageSource.Files("x", "b", "/../up"), "leaves it");
        refused(new ImageSource.Files("../x", "b", "/"), "Not a name for an image", "../x");
    }

    @Test
    void aDockerfileNeedsAToolAndItsFiles() throws IOException {
        refused(new ImageSource.Dockerfile("x", "a/Dockerfile", "a"), "buildah, podman, docker", temp.toString());
        tool("docker");
        refused(new ImageSource.Dockerfile("x", "gone/Dockerfile", "a"), "no 'gone/Dockerfile'", "'dockerfile'");
        refused(new ImageSource.Dockerfile("x", "a/Dockerfile", "gone"), "no 'gone'", "'context'");
        refused(new ImageSource.Dockerfile("x", "/etc/passwd", "a"), "is absolute");
    }

    @Test
    void theToolThatNeedsNoDaemonIsPreferred() throws IOException {
        Map<String, String> environment = Map.of("PATH", "/nowhere" + File.pathSeparator + temp);
        tool("docker");
        assertThat(BuildTool.find(environment).kind()).isEqualTo(BuildTool.Kind.DOCKER);
        tool("podman");
        assertThat(BuildTool.find(environment).kind()).isEqualTo(BuildTool.Kind.PODMAN);
        tool("buildah");
        assertThat(BuildTool.find(environment))
                .isEqualTo(new BuildTool(BuildTool.Kind.BUILDAH, temp.resolve("buildah")));
        assertThat(temp.resolve("buildah").toFile().setExecutable(false)).isTrue();
        assertThat(BuildTool.find(environment).kind()).isEqualTo(BuildTool.Kind.PODMAN);
    }

    private static Produced parse(String text) {
        return Produced.parse("app", text, Version.parse("1.3.0"), new CommitId("0123456789".repeat(4)));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5000/app:latest, localhost:5000/app, latest",
        "localhost/a/b, localhost/a/b, latest",
        "registry.example.org/a/b-c_d:1.0, registry.example.org/a/b-c_d, 1.0",
        "kind-registry:5000/x:t, kind-registry:5000/x, t",
        "kind-registry:5000/x:v${version}, kind-registry:5000/x, v1.3.0",
        "kind-registry:5000/x:${commit}-a, kind-registry:5000/x, 0123456789012345678901234567890123456789-a"
    })
    void whereAScriptPushesTo(String text, String repository, String tag) {
        assertThat(parse(text)).isEqualTo(new Produced(repository, tag));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app:latest",
                "library/app",
                "localhost:5000",
                "localhost:5000/App",
                "localhost:5000/a@sha256:0",
                "",
                "localhost:5000/../a",
                "http://localhost:5000/a",
                "localhost:5000/a:-x",
                "user:pw@host.example/a"
            })
    void whatNamesNoPlaceIsRefused(String text) {
        refused(new ImageSource.Command("app", "true", text), "localhost:5000/app:latest", "'produces'");
    }
}
