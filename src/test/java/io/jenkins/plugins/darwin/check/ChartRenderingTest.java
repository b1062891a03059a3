package io.jenkins.plugins.darwin.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.darwin.config.ConfigReader;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The charts of a commit, rendered by Helm's own code: what they ask for is voted on, allowed with a reason, or refused. */
class ChartRenderingTest {
    private static final String REGISTRY = "r.example.org/demo";
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: app }
            spec:
              template:
                spec:
                  containers:
                  - { name: app, image: "{{ .Values.image }}:{{ .Values.tag | default .Chart.AppVersion }}" }
                  {{- if .Values.cache.enabled }}
                  - { name: cache, image: {{ .Values.cache.image }} }
                  {{- end }}
            """;

    @TempDir
    Path temp;

    private final MemoryTree tree = new MemoryTree()
            .file("chart/Chart.yaml", "apiVersion: v2\nname: demo\nversion: 1.3.0\nappVersion: 1.3.0\n")
            .file("chart/templates/app.yaml", DEPLOYMENT);

    private MemoryTree values(String image, String tag, boolean cache) {
        return tree.file(
                "chart/values.yaml",
                "image: " + image + "\ntag: '" + tag + "'\ncache: { enabled: " + cache + ", image: redis:7 }\n");
    }

    private static ReleaseConfig config(String charts) {
        return ConfigReader.read(
                "f",
                ("project: demo\nimages: [{ name: app, files: app }]\ncharts: [" + charts + "]\n")
                        .getBytes(StandardCharsets.UTF_8),
                "demo");
    }

    private String require(String charts) {
        return ChartImageChecks.require(tree, config(charts), Version.parse("1.3.0"), REGISTRY, Map.of());
    }

    private void refused(String charts, String... parts) {
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> require(charts))
                .satisfies(e -> {
                    assertThat(e.getMessage()).contains(parts);
                    assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED);
                });
    }

    @Test
    void theVotedOneIsCountedAsWhatItIs() {
        values(REGISTRY + "/app", "", false);
        assertThat(require("chart")).isEqualTo("1 image reference compared: 1 of the release");
    }

    @Test
    void anOldTagLatestAndAnotherRegistryAreRefused() {
        values(REGISTRY + "/app", "1.2.0", false);
        refused(
                "chart",
                "other images than those that are voted on",
                REGISTRY + "/app:1.2.0 (chart/values.yaml)",
                "expected the tag 1.3.0");
        values(REGISTRY + "/app", "latest", false);
        refused("chart", REGISTRY + "/app:latest (chart/values.yaml)");
        values("mirror.example.org/x/app", "1.3.0", false);
        refused("chart", "mirror.example.org/x/app:1.3.0", "expected " + REGISTRY + "/app:1.3.0");
    }

    @Test
    void imagesOfOthersNeedAReason() {
        values(REGISTRY + "/app", "", true);
        refused("chart", "neither voted on nor allowed: redis:7", "allow: [{ image: NAME, reason: TEXT }]");
        assertThat(require("{ path: chart, allow: [{ image: redis, reason: a cache }] }"))
                .isEqualTo("2 image references compared: 1 of the release, 1 allowed by name");
    }

    @Test
    void aValuesFileIsLookedAtToo() {
        values(REGISTRY + "/app", "", false).file("deploy/prod.yaml", "cache: { enabled: true }\ntag: '1.1.0'\n");
        assertThat(require("chart")).contains("1 of the release");
        refused("{ path: chart, values: [deploy/prod.yaml] }", "rendered with deploy/prod.yaml", "app:1.1.0");
        refused("{ path: chart, values: [deploy/none.yaml] }", "No values file deploy/none.yaml");
    }

    @Test
    void aChartThatHelmCanNotRenderIsSaidToBe() {
        values(REGISTRY + "/app", "", false)
                .file("chart/templates/fail.yaml", "{{ required \"a host is needed\" .Values.host }}\n");
        assertThat(require("chart"))
                .startsWith("0 image references compared")
                .contains("chart could not be rendered", "a host is needed");
    }

    @Test
    void allowanceIsTrunks() {
        values(REGISTRY + "/app", "", true);
        String branch = "{ path: chart, allow: [{ image: redis, reason: says the branch }] }";
        ReleaseConfig counts = config(branch).under(config("chart"));
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> ChartImageChecks.require(tree, counts, Version.parse("1.3.0"), REGISTRY, Map.of()))
                .withMessageContaining("redis:7");
        ReleaseConfig allowed = config("chart").under(config(branch));
        assertThat(ChartImageChecks.require(tree, allowed, Version.parse("1.3.0"), REGISTRY, Map.of()))
                .contains("1 allowed by name");
    }

    /** The program on the machine goes before the library, and sees none of our variables. */
    @Test
    void theMachinesOwnHelmRenders() throws Exception {
        values(REGISTRY + "/app", "", false);
        Path helm = temp.resolve("helm");
        Files.writeString(
                helm,
                "#!/bin/sh\n[ -z \"$DARWIN_SIGNING_PASSPHRASE\" ] || exit 9\n[ \"$1\" = template ] || exit 8\n"
                        + "[ -s \"$3\" ] || exit 7\necho 'image: r.example.org/demo/app:0.1.0'\n");
        assertThat(helm.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = Map.of("PATH", temp + ":/usr/bin:/bin", "DARWIN_SIGNING_PASSPHRASE", "hush");
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() ->
                        ChartImageChecks.require(tree, config("chart"), Version.parse("1.3.0"), REGISTRY, environment))
                .withMessageContaining("r.example.org/demo/app:0.1.0");
        Files.writeString(helm, "#!/bin/sh\necho no such chart >&2; exit 1\n");
        assertThat(ChartImageChecks.require(tree, config("chart"), Version.parse("1.3.0"), REGISTRY, environment))
                .contains("could not be rendered with its own values: no such chart");
    }
}
