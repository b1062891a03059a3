package io.jenkins.plugins.darwin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.ImageIndex;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.MediaTypes;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.testing.SampleImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an image says of itself must be this release, in a label or an annotation, on every platform. */
class ReleaseLabelsTest {
    private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
    private static final String OCI = "org.opencontainers.image.";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Repository repository;

    @BeforeEach
    void open() {
        repository = Registries.open("oci-layout:" + folder, RegistryOptions.defaults())
                .repository("app");
    }

    private Manifest image(Map<String, String> labels, Map<String, String> annotations) throws Exception {
        byte[] config = new ObjectMapper()
                .writeValueAsBytes(Map.of("architecture", "amd64", "os", "linux", "config", Map.of("Labels", labels)));
        Descriptor stored = SampleImage.push(repository, MediaTypes.IMAGE_CONFIG, BlobSource.of(config));
        ArtifactManifest manifest = ArtifactManifest.ofConfig(stored);
        annotations.forEach(manifest::annotation);
        Manifest built = manifest.build();
        repository.pushManifest(built);
        return built;
    }

    private void require(Digest digest) {
        new ReleaseLabels(Version.parse("1.3.0"), COMMIT, told::add).require("app", repository, digest);
    }

    @ParameterizedTest
    @CsvSource({
        "version,1.3.0",
        "version,v1.3.0",
        "version,' 1.3.0 '",
        "version,''",
        "revision,0123456789abcdef0123456789abcdef01234567",
        "revision,0123456",
        "revision,0123456789AB",
        "revision,main",
        "created,1.2.0",
        "source,1.2.0"
    })
    void whatFitsIsFine(String label, String value) throws Exception {
        Manifest image = image(Map.of(OCI + label, value), Map.of());
        assertThatCode(() -> require(image.digest())).doesNotThrowAnyException();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "version,1.2.0",
        "version,v1.3.0-rc.1",
        "version,1.3.0+build",
        "revision,fedcba9876543",
        "version,1.30.0"
    })
    void whatTellsOfAnotherReleaseIsRefused(String label, String value) throws Exception {
        for (Manifest image :
                List.of(image(Map.of(OCI + label, value), Map.of()), image(Map.of(), Map.of(OCI + label, value)))) {
            assertThatExceptionOfType(ReleaseException.class)
                    .isThrownBy(() -> require(image.digest()))
                    .withMessageContaining("Image app is of another release: expected version 1.3.0 and commit")
                    .withMessageContaining(OCI + label + " '" + value + "'")
                    .withMessageContaining("foreignLabels");
        }
    }

    @Test
    void aBaseImagesOwnVersionIsToldAndLeft() throws Exception {
        require(image(Map.of(OCI + "version", "22.04", OCI + "ref.name", "ubuntu"), Map.of())
                .digest());
        assertThat(told).singleElement().asString().contains(OCI + "version '22.04'", "left as it is");
    }

    @Test
    void oneWrongPlatformOfAnIndexIsEnough() throws Exception {
        Manifest right = image(Map.of(OCI + "version", "1.3.0"), Map.of());
        Manifest wrong = image(Map.of(OCI + "version", "1.2.9"), Map.of());
        Manifest index = ImageIndex.of(
                List.of(new ImageIndex.Child("linux/amd64", right), new ImageIndex.Child("linux/arm/v7", wrong)));
        repository.pushManifest(index);
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> require(index.digest()))
                .withMessageContaining("1.2.9");
        assertThat(new ObjectMapper().readTree(index.raw()).at("/manifests/1/platform"))
                .isEqualTo(
                        new ObjectMapper().readTree("{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"}"));
    }
}
