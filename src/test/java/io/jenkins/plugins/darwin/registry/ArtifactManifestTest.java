package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactManifestTest {
    private static final Digest A = Digest.sha256(new byte[] {1});
    private static final Digest B = Digest.sha256(new byte[] {2});

    @Test
    void hasTheSameBytesForTheSameParts() {
        Manifest manifest = ArtifactManifest.ofType("application/vnd.test")
                .layer(Descriptor.of("text/plain", A, 5).titled("a.txt"))
                .subject(Descriptor.of(MediaTypes.IMAGE_MANIFEST, B, 7).titled("left out"))
                .annotation("z", "1")
                .annotation("a", "\"2\"")
                .build();
        assertThat(new String(manifest.raw(), StandardCharsets.UTF_8))
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.IMAGE_MANIFEST
                        + "\",\"artifactType\":\"application/vnd.test\",\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":"
                        + "\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2},\"layers\":[{\"mediaType\":\"text/plain\","
                        + "\"digest\":\"" + A
                        + "\",\"size\":5,\"annotations\":{\"org.opencontainers.image.title\":\"a.txt\"}}],\"subject\":{\"mediaType\":\""
                        + MediaTypes.IMAGE_MANIFEST + "\",\"digest\":\"" + B
                        + "\",\"size\":7},\"annotations\":{\"a\":\"\\\"2\\\"\",\"z\":\"1\"}}");
        assertThat(manifest.digest()).isEqualTo(Digest.sha256(manifest.raw()));
        assertThat(ArtifactManifest.ofType("application/vnd.test")
                        .build()
                        .view()
                        .layers())
                .containsExactly(ArtifactManifest.EMPTY_CONFIG);
    }

    @Test
    void readsWhatItWrote() {
        Descriptor config = Descriptor.of("application/vnd.cncf.helm.config.v1+json", A, 3);
        ManifestView view = ArtifactManifest.ofConfig(config)
                .layer(Descriptor.of("x/y", B, 1))
                .annotation("k", "v")
                .build()
                .view();
        assertThat(view)
                .isEqualTo(new ManifestView(
                        MediaTypes.IMAGE_MANIFEST,
                        Optional.of("application/vnd.cncf.helm.config.v1+json"),
                        Optional.of(config),
                        java.util.List.of(Descriptor.of("x/y", B, 1)),
                        java.util.List.of(),
                        Optional.empty(),
                        Map.of("k", "v")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "\"x\"",
                "{}",
                "{\"schemaVersion\":2,\"manifests\":[],\"config\":{}}",
                "{\"schemaVersion\":2,\"manifests\":[],\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"}",
                "{\"schemaVersion\":2,\"manifests\":[],\"mediaType\":\"text/html\"}",
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"sha256:../../etc/passwd\",\"size\":1}]}",
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"md5:00\",\"size\":1}]}",
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"x\",\"size\":-1}]}",
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"x\",\"size\":1.5}]}",
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"x/y\",\"digest\":\"x\",\"size\":99999999999999999999}]}"
            })
    void refusesWhatIsNoManifest(String text) {
        assertThatThrownBy(() -> Manifest.of(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReleaseException.class);
    }

    @Test
    void refusesNestingThatWouldOverflowTheStack() {
        assertThatThrownBy(() -> Manifest.of("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReleaseException.class);
    }
}
