package io.jenkins.plugins.darwin.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartImagesTest {
    private static final String REGISTRY = "registry.example.org:5000/darwin";

    /** What Darwin's services chart looks like after a bump. */
    private static final String VALUES = """
            services:
              darwin-compute:
                image: { registry: registry.example.org:5000/darwin, name: darwin-compute, tag: 1.3.0 }
              workflow: # no registry: the cluster's default
                image:
                  repository: darwin-workflow
                  tag: 1.3.0
              mlflow-app:
                image:
                  name: darwin-mlflow-app
                  repository: darwin-mlflow
                  registry: registry.example.org:5000/darwin
            """;

    private static List<String> values(String yaml) {
        return texts(new ImageNames(REGISTRY, "v").inValues(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static List<String> template(String text) {
        return texts(new ImageNames(REGISTRY, "t").inTemplate(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static List<String> texts(List<ChartImages.Reference> references) {
        return references.stream().map(ChartImages.Reference::toString).toList();
    }

    @Test
    void valuesAsDarwinsChartsHaveThem() {
        assertThat(values(VALUES)).containsExactly("darwin-compute (v:3)", "darwin-mlflow-app (v:10)");
    }

    @Test
    void registryAndPathMayBeCutAnywhere() {
        assertThat(values("a: { registry: 'registry.example.org:5000', repository: darwin/one }\n"))
                .containsExactly("one (v:1)");
        assertThat(values("a: { registry: 'registry.example.org:5000/darwin/', name: two/deep }\n"))
                .containsExactly("two/deep (v:1)");
        assertThat(values("a:\n  repository: registry.example.org:5000/darwin/three\n  tag: x\n"))
                .containsExactly("three (v:2)");
        assertThat(
                        values(
                                "image: registry.example.org:5000/darwin/four:1.3.0\nother: registry.example.org:5000/darwin/five@sha256:00\n"))
                .containsExactly("four (v:1)", "five (v:2)");
    }

    @Test
    void otherRegistriesCommentsAndAddressesAreNot() {
        assertThat(values("""
                # registry.example.org:5000/darwin/old
                a: { registry: localhost:5000, name: darwin-compute }
                b: registry.example.org:5000/darwinia/x
                c: not-registry.example.org:5000/darwin/x
                d: oci://registry.example.org:5000/darwin/charts/darwin
                e: { registry: '', name: x }
                f: { registry: registry.example.org:5000/darwin, tag: 1.3.0 }
                g: registry.example.org:5000/darwin
                """)).isEmpty();
    }

    @Test
    void aliasesAreReadOnceAndMayBePartOfThemselves() {
        assertThat(values("a: &x { registry: 'registry.example.org:5000/darwin', name: one }\nb: *x\n"))
                .containsExactly("one (v:1)");
        assertThat(values("a: &x\n  b: *x\n  image: registry.example.org:5000/darwin/one\n"))
                .containsExactly("one (v:3)");
    }

    @Test
    void whatIsNoYamlIsReadAsText() {
        assertThat(values("a: [\nimage: registry.example.org:5000/darwin/one\n"))
                .containsExactly("one (v:2)");
    }

    @Test
    void templatesAndWhatIsLeftToTheirValues() {
        assertThat(template("""
                {{- /* registry.example.org:5000/darwin/said
                   twice */ -}}
                # image: registry.example.org:5000/darwin/off
                image: registry.example.org:5000/darwin/one:1.3.0 # not two
                image: "registry.example.org:5000/darwin/two:{{ .Chart.AppVersion }}"
                image: registry.example.org:5000/darwin/{{ .Values.name }}:1.3.0
                image: registry.example.org:5000/darwin/darwin-{{ .Values.name }}:1.3.0
                image: registry.example.org:5000/darwin/a/{{ .Values.name }}
                """)).containsExactly("one (t:4)", "two (t:5)");
    }

    private static MemoryTree umbrella() {
        return Charts.umbrella()
                .file("helm/darwin/values.yaml", "image: registry.example.org:5000/darwin/top\n")
                .file("helm/darwin/charts/services/values.yaml", VALUES)
                .file(
                        "helm/darwin/charts/services/templates/jobs/job.yaml",
                        "x\nimage: registry.example.org:5000/darwin/job\n")
                .file("helm/darwin/charts/services/templates/NOTES.txt", "registry.example.org:5000/darwin/notes\n")
                .file("helm/darwin/charts/services/README.yaml", "a: registry.example.org:5000/darwin/readme\n")
                .file("helm/common/values.yaml", "image: registry.example.org:5000/darwin/common\n");
    }

    @Test
    void allChartsOfATreeAreReadWhereverTheyLie() {
        assertThat(texts(ChartImages.inTree(umbrella(), "helm/darwin", REGISTRY + "/")))
                .containsExactlyInAnyOrder(
                        "top (helm/darwin/values.yaml:1)",
                        "darwin-compute (helm/darwin/charts/services/values.yaml:3)",
                        "darwin-mlflow-app (helm/darwin/charts/services/values.yaml:10)",
                        "job (helm/darwin/charts/services/templates/jobs/job.yaml:2)",
                        "common (helm/common/values.yaml:1)");
    }

    @Test
    void aPackageHasTheSame(@TempDir Path temp) throws IOException {
        PackagedChart packed = ChartPackager.write(
                umbrella(), "helm/darwin", Version.parse("1.3.0"), true, Instant.EPOCH, temp, Progress.silent());
        try (InputStream in = Files.newInputStream(packed.path())) {
            assertThat(texts(ChartImages.inPackage(in, REGISTRY)))
                    .containsExactlyInAnyOrder(
                            "top (values.yaml:1)",
                            "darwin-compute (charts/services/values.yaml:3)",
                            "darwin-mlflow-app (charts/services/values.yaml:10)",
                            "job (charts/services/templates/jobs/job.yaml:2)",
                            "common (charts/common/values.yaml:1)");
            assertThat(in.read())
                    .as("read to its end, where a stream proves its digest")
                    .isEqualTo(-1);
        }
    }

    @Test
    void aPackageThatUnpacksToTooMuchIsNotReadOn() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bomb))) {
            for (String name : List.of("x/big", "x/values.yaml")) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(101L << 20);
                tar.putArchiveEntry(entry);
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 101; i++) {
                    tar.write(zeros);
                }
                tar.closeArchiveEntry();
            }
        }
        assertThatThrownBy(() -> ChartImages.inPackage(new ByteArrayInputStream(bomb.toByteArray()), REGISTRY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("104857600");
    }
}
