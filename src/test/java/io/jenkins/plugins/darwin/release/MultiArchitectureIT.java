package io.jenkins.plugins.darwin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.PublicState;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image for two architectures, as buildah makes and pushes it, from the project's own build script to its public name. */
class MultiArchitectureIT {
    private static final String SCRIPT = """
            set -e
            B="buildah --storage-driver vfs --root $PWD/.storage --runroot $PWD/.run"
            $B manifest create all
            for arch in amd64 arm64; do
              container=$($B from scratch)
              echo "made for $arch" > arch.txt
              $B copy "$container" arch.txt /arch.txt
              $B config --os linux --arch $arch "$container"
              $B commit --timestamp 0 --manifest all "$container" "image-$arch"
            done
            $B manifest push --all --tls-verify=false all "docker://$(cat registry.txt)/built/multi:latest"
            """;

    @TempDir
    Path temp;

    private static String raw(String reference) {
        return Tools.run(
                Path.of("."),
                "skopeo",
                "inspect",
                "--raw",
                "--tls-verify=false",
                "--no-creds",
                "docker://" + reference);
    }

    private static List<String> architectures(String index) throws IOException {
        List<String> all = new ArrayList<>();
        JsonNode document = new ObjectMapper().readTree(index);
        document.path("manifests")
                .forEach(m -> all.add(m.path("platform").path("architecture").asText()));
        return all;
    }

    @Test
    void anIndexGoesWholeFromTheBuildScriptToItsPublicName() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"))) {
            // The script's registry is reached by another name, which only the configuration allows to be without TLS.
            String built = "0.0.0.0:" + server.host().replaceFirst(".*:", "");
            String config = ReleaseFixture.smallConfig(server.host() + "/staging", server.host() + "/darwin")
                    .replace(
                            "images:\n",
                            "images:\n  - { name: multi, command: bash make-multi.sh, produces: \"" + built
                                    + "/built/multi:latest\" }\n")
                    .replace("registry:\n", "registry:\n  insecure: [0.0.0.0]\n");
            ReleaseFixture release = ReleaseFixture.create(temp, config, RegistryOptions.defaults());
            release.commit(
                    "feat: an image for two architectures\n",
                    Map.of(
                            "make-multi.sh",
                            SCRIPT.getBytes(StandardCharsets.UTF_8),
                            "registry.txt",
                            server.host().getBytes(StandardCharsets.UTF_8)));
            release.cut();
            Candidate.Image image = release.build().result().images().stream()
                    .filter(i -> i.name().equals("multi"))
                    .findFirst()
                    .orElseThrow();
            assertThat(image.mediaType()).contains("index");
            release.sign();

            String index = raw(server.host() + "/built/multi:latest");
            assertThat(architectures(index)).containsExactlyInAnyOrder("amd64", "arm64");
            assertThat(raw(server.host() + "/staging/multi:1.3.0-RC1")).isEqualTo(index);
            assertThat(verify(release, "1.3.0-RC1")).isEmpty();

            release.pass();
            release.promote();
            assertThat(raw(server.host() + "/darwin/multi:1.3.0")).isEqualTo(index);
            assertThat(raw(server.host() + "/darwin/multi:latest")).isEqualTo(index);
            assertThat(verify(release, "1.3.0")).isEmpty();
            assertThat(release.promote().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
            assertThat(pulled(server.host() + "/darwin/multi:1.3.0", "arm64")).contains("made for arm64");
            assertThat(pulled(server.host() + "/darwin/multi:1.3.0", "amd64")).contains("made for amd64");
        }
    }

    /** One byte of one architecture's layer is another: nothing of the release is promoted. */
    @Test
    void aDamagedPartOfAnIndexStopsThePromotion() throws Exception {
        try (RealRegistry server = RealRegistry.start(temp.resolve("server"))) {
            String config = ReleaseFixture.smallConfig(server.host() + "/staging", server.host() + "/darwin")
                    .replace(
                            "images:\n",
                            "images:\n  - { name: multi, command: bash make-multi.sh, produces: \"" + server.host()
                                    + "/built/multi:latest\" }\n");
            ReleaseFixture release = ReleaseFixture.create(temp, config, RegistryOptions.defaults());
            release.commit(
                    "feat: an image for two architectures\n",
                    Map.of(
                            "make-multi.sh",
                            SCRIPT.getBytes(StandardCharsets.UTF_8),
                            "registry.txt",
                            server.host().getBytes(StandardCharsets.UTF_8)));
            release.cut();
            release.build();
            release.sign();
            release.pass();
            JsonNode index = new ObjectMapper().readTree(raw(server.host() + "/staging/multi:1.3.0-RC1"));
            String child = index.path("manifests").get(1).path("digest").asText();
            String layer = new ObjectMapper()
                    .readTree(raw(server.host() + "/staging/multi@" + child))
                    .path("layers")
                    .get(0)
                    .path("digest")
                    .asText();
            Path data = blob(temp.resolve("server/data"), layer);
            byte[] bytes = Files.readAllBytes(data);
            bytes[bytes.length / 2] ^= 1;
            Files.write(data, bytes);
            assertThat(verify(release, "1.3.0-RC1")).singleElement().satisfies(check -> {
                assertThat(check.name()).isEqualTo("image");
                assertThat(check.subject()).contains("/staging/multi@");
            });
            assertThatThrownBy(release::promote)
                    .hasMessageContaining("Nothing was promoted")
                    .hasMessageContaining("multi");
            assertThat(PublicState.tags(temp.resolve("server/data")))
                    .doesNotContainKey("darwin/multi:1.3.0")
                    .doesNotContainKey("darwin/darwin-compute:1.3.0");
        }
    }

    private static List<Check> verify(ReleaseFixture release, String name) {
        return Check.failures(
                release.with(w -> new Verify(Verify.Options.none(), release.clock(), Progress.silent()).named(w, name))
                        .checks());
    }

    private static Path blob(Path storage, String digest) throws IOException {
        String hex = digest.replace("sha256:", "");
        try (Stream<Path> all = Files.walk(storage)) {
            return all.filter(p -> p.endsWith(Path.of(hex, "data"))).findFirst().orElseThrow();
        }
    }

    /** The file in the image of one architecture, as skopeo pulls it. */
    private String pulled(String reference, String architecture) throws Exception {
        Path layout = temp.resolve("pulled-" + architecture);
        Tools.run(
                temp,
                "skopeo",
                "copy",
                "--override-arch",
                architecture,
                "--override-os",
                "linux",
                "--src-tls-verify=false",
                "--src-no-creds",
                "docker://" + reference,
                "oci:" + layout);
        JsonNode manifest = new ObjectMapper().readTree(Tools.run(temp, "skopeo", "inspect", "--raw", "oci:" + layout));
        String layer = manifest.path("layers").get(0).path("digest").asText().replace("sha256:", "");
        return Tools.run(layout.resolve("blobs/sha256"), "tar", "-xOzf", layer, "arch.txt");
    }
}
