package io.jenkins.plugins.darwin.chart;

import static io.jenkins.plugins.darwin.chart.Charts.dependency;
import static io.jenkins.plugins.darwin.chart.Charts.umbrella;
import static io.jenkins.plugins.darwin.chart.Charts.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.ManifestView;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import io.jenkins.plugins.darwin.testing.Messages;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartPackagerTest {
    private static final Version VERSION = Version.parse("1.3.0");
    private static final Instant TIME = Instant.parse("2025-11-02T01:30:07Z");

    @TempDir
    Path temp;

    private final Messages messages = new Messages();

    private PackagedChart write(GitTree tree) {
        return ChartPackager.write(tree, "helm/darwin", VERSION, true, TIME, temp, messages);
    }

    private ThrowableAssertAlternative<ReleaseException> refused(GitTree tree) {
        ThrowableAssertAlternative<ReleaseException> refusal =
                assertThatExceptionOfType(ReleaseException.class).isThrownBy(() -> write(tree));
        assertThat(temp).isEmptyDirectory();
        return refusal.satisfies(e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED));
    }

    private List<String> names() {
        return Tools.run(temp, "tar", "tzf", "darwin-1.3.0.tgz").lines().toList();
    }

    @Test
    void packsTheChartAndAllThatItNeeds() {
        PackagedChart chart = write(umbrella());
        assertThat(chart.file().name()).isEqualTo("darwin-1.3.0.tgz");
        assertThat(names())
                .startsWith("darwin/Chart.yaml")
                .contains(
                        "darwin/values.yaml",
                        "darwin/templates/config.yaml",
                        "darwin/charts/services/templates/config.yaml",
                        "darwin/charts/datastores/charts/mysql/Chart.yaml",
                        "darwin/charts/common/templates/_helpers.tpl",
                        "darwin/LINKED.md",
                        "darwin/linked/a.md",
                        "darwin/d.tmp",
                        "darwin/sub/notes/x.md")
                .doesNotHaveDuplicates();
        assertThat(names())
                .noneMatch(name -> name.matches(".*(\\.DS_Store|\\.bak|docs/a\\.draft|/a\\.tmp|hidden|_later.*)"))
                .doesNotContain("darwin/notes/x.md", "darwin/charts/common/NOTES.md");
        assertThat(Tools.run(temp, "tar", "xzOf", "darwin-1.3.0.tgz", "darwin/LINKED.md"))
                .isEqualTo("kept");
        assertThat(Tools.run(temp, "sha512sum", "darwin-1.3.0.tgz"))
                .startsWith(chart.file().sha512().hex());
    }

    @Test
    void theSameCommitGivesTheSameBytes() {
        PackagedChart first = write(umbrella());
        PackagedChart second =
                ChartPackager.write(umbrella(), "helm/darwin/", VERSION, true, TIME, temp.resolve("b"), messages);
        assertThat(second.file()).isEqualTo(first.file());
        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThat(write(umbrella().file("helm/darwin/values.yaml", "a: b\n"))
                        .file()
                        .sha256())
                .isNotEqualTo(first.file().sha256());
    }

    @Test
    void aChartMayBeTheRepositorysRoot() {
        MemoryTree tree = new MemoryTree()
                .file("Chart.yaml", yaml("darwin", "1.3.0", "dependencies:\n" + dependency("x", "1.0.0", "file://x")))
                .file("x/Chart.yaml", yaml("x", "1.0.0", ""))
                .link("y", "x/Chart.yaml");
        ChartPackager.write(tree, ".", VERSION, true, TIME, temp, messages);
        assertThat(names())
                .containsExactly("darwin/Chart.yaml", "darwin/charts/x/Chart.yaml", "darwin/x/Chart.yaml", "darwin/y");
    }

    @Test
    void manifestIsWhatHelmPushes() throws IOException {
        PackagedChart chart = write(umbrella());
        ManifestView view = chart.manifest().view();
        assertThat(view.config().orElseThrow().mediaType()).isEqualTo("application/vnd.cncf.helm.config.v1+json");
        assertThat(view.config().orElseThrow().digest()).isEqualTo(Digest.sha256(chart.config()));
        assertThat(view.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.mediaType()).isEqualTo("application/vnd.cncf.helm.chart.content.v1.tar+gzip");
            assertThat(layer.digest()).isEqualTo(chart.file().sha256());
            assertThat(layer.size()).isEqualTo(chart.file().size());
        });
        assertThat(view.annotations())
                .containsEntry("org.opencontainers.image.title", "darwin")
                .containsEntry("org.opencontainers.image.version", "1.3.0")
                .containsEntry("category", "ml")
                .containsEntry("org.opencontainers.image.created", "2025-11-02T01:30:07Z")
                .containsEntry("org.opencontainers.image.authors", "Release Team (release@example.org), Second")
                .containsEntry("org.opencontainers.image.source", "https://example.org/darwin.git");
        var config = new ObjectMapper().readTree(chart.config());
        assertThat(config.path("appVersion").asText()).isEqualTo("1.3.0");
        assertThat(config.at("/dependencies/0/import-values/0/child").asText()).isEqualTo("global");
        assertThat(config.fieldNames()).toIterable().startsWith("name", "home", "sources", "version");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.0, 1.3.0, version is '1.2.0'",
        "1.3.0, 1.2.9, appVersion is '1.2.9'",
        "1.3.0-RC1, 1.3.0, version is '1.3.0-RC1'"
    })
    void anotherVersionIsRefused(String version, String appVersion, String message) {
        refused(umbrella()
                        .file(
                                "helm/darwin/Chart.yaml",
                                "apiVersion: v2\nname: darwin\nversion: " + version + "\nappVersion: " + appVersion
                                        + "\n"))
                .withMessageContaining("helm/darwin/Chart.yaml")
                .withMessageContaining("1.3.0")
                .withMessageContaining(message);
    }

    @Test
    void anAppVersionIsTextAsItIsWritten() {
        refused(umbrella()
                        .file(
                                "helm/darwin/Chart.yaml",
                                "apiVersion: v2\nname: darwin\nversion: 1.3.0\nappVersion: 1.10\n"))
                .withMessageContaining("'1.10'");
    }

    @Test
    void everyMissingDependencyIsNamed() {
        refused(umbrella()
                        .file(
                                "helm/darwin/Chart.yaml",
                                yaml(
                                        "darwin",
                                        "1.3.0",
                                        "dependencies:\n"
                                                + dependency("ingress-nginx", "4.10.1", "https://charts.example.org")
                                                + dependency("redis", "1", "oci://example.org/c")
                                                + dependency("away", "1.0.0", "file://../../../away")
                                                + dependency("abs", "1.0.0", "file:///srv/abs")
                                                + dependency("gone", "1.0.0", "file://gone")
                                                + dependency("other", "1.3.0", "file://charts/services"))))
                .withMessageContaining("ingress-nginx 4.10.1")
                .withMessageContaining("https://charts.example.org")
                .withMessageContaining("redis")
                .withMessageContaining("away of helm/darwin leads out of the repository")
                .withMessageContaining("abs of helm/darwin leads out")
                .withMessageContaining("gone of helm/darwin leads to")
                .withMessageContaining("whose name is services");
    }

    @Test
    void aRemoteDependencyMayLieInChartsAsAPackage() throws IOException {
        Path vendored = temp.resolve("v");
        ChartPackager.write(
                new MemoryTree().file("redis/Chart.yaml", yaml("redis", "1.3.0", "")),
                "redis",
                VERSION,
                true,
                TIME,
                vendored,
                messages);
        byte[] bytes = java.nio.file.Files.readAllBytes(vendored.resolve("redis-1.3.0.tgz"));
        MemoryTree tree = umbrella().file("helm/darwin/charts/redis-1.3.0.tgz", bytes);
        write(tree.file(
                "helm/darwin/Chart.yaml",
                yaml(
                        "darwin",
                        "1.3.0",
                        "dependencies:\n" + dependency("redis", ">= 1.2, < 2", "https://charts.example.org"))));
        assertThat(names()).contains("darwin/charts/redis-1.3.0.tgz");
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> write(tree.file(
                        "helm/darwin/Chart.yaml",
                        yaml(
                                "darwin",
                                "1.3.0",
                                "dependencies:\n" + dependency("redis", "~1.4.0", "https://charts.example.org")))))
                .withMessageContaining("redis of helm/darwin has to be ~1.4.0, found 1.3.0");
    }

    @Test
    void aPackageInChartsGivesWayToItsSource() throws IOException {
        Path vendored = temp.resolve("v");
        ChartPackager.write(
                new MemoryTree().file("c/Chart.yaml", yaml("common", "1.3.0", "")),
                "c",
                VERSION,
                true,
                TIME,
                vendored,
                messages);
        write(umbrella()
                .file(
                        "helm/darwin/charts/common-1.3.0.tgz",
                        java.nio.file.Files.readAllBytes(vendored.resolve("common-1.3.0.tgz"))));
        assertThat(names())
                .contains("darwin/charts/common/Chart.yaml")
                .doesNotContain("darwin/charts/common-1.3.0.tgz");
        assertThat(messages.lines()).anyMatch(line -> line.contains("charts/common-1.3.0.tgz is left out"));
    }

    @Test
    void aChartThatIsThereTwiceIsRefused() {
        refused(umbrella().file("helm/darwin/charts/common/Chart.yaml", yaml("common", "2.4.0", "")))
                .withMessageContaining("common of helm/darwin is there twice");
    }

    @Test
    void aChartThatNamesItselfIsRefused() {
        refused(new MemoryTree()
                        .file(
                                "helm/darwin/Chart.yaml",
                                yaml(
                                        "darwin",
                                        "1.3.0",
                                        "dependencies:\n" + dependency("darwin", "1.3.0", "file://../darwin"))))
                .withMessageContaining("leads back to helm/darwin");
    }

    @Test
    void aLockOutOfSyncIsSaidAndNotFatal() {
        write(umbrella()
                .file(
                        "helm/darwin/Chart.lock",
                        "dependencies:\n" + dependency("services", "1.0.0", "file://x")
                                + dependency("ingress-nginx", "4.10.1", "https://charts.example.org")
                                + "digest: sha256:0\n"));
        assertThat(messages.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("helm/darwin/Chart.lock")
                        .contains("has services 1.0.0, the chart asks for 1.3.0")
                        .contains("lacks datastores")
                        .contains("lists ingress-nginx 4.10.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../..", "..", "nothing", "."})
    void aLinkThatLeadsOutOfTheRepositoryOrNowhereIsRefused(String target) {
        refused(umbrella().link("helm/darwin/sly", target))
                .withMessageContaining("helm/darwin/sly")
                .withMessageContaining(target);
    }

    @Test
    void aFileThatSeveralChartsShareByLinkIsPackedAsHelmPacksIt() {
        write(umbrella()
                .link("helm/darwin/LICENSE", "../../README.md")
                .file("shared/x/_h.tpl", "shared")
                .link("helm/darwin/templates/shared", "../../../shared/x"));
        assertThat(Tools.run(temp, "tar", "xzOf", "darwin-1.3.0.tgz", "darwin/LICENSE"))
                .isEqualTo("# Darwin\n");
        assertThat(Tools.run(temp, "tar", "xzOf", "darwin-1.3.0.tgz", "darwin/templates/shared/_h.tpl"))
                .isEqualTo("shared");
    }

    @Test
    void anotherApplicationsVersionStaysAndALeadingVIsTheChartsManner() {
        MemoryTree tree = umbrella()
                .file("helm/darwin/Chart.yaml", "apiVersion: v2\nname: darwin\nversion: v1.3.0\nappVersion: 2.568.2\n");
        PackagedChart chart = ChartPackager.write(tree, "helm/darwin", VERSION, false, TIME, temp, messages);
        assertThat(chart.file().name()).isEqualTo("darwin-v1.3.0.tgz");
        ChartPackager.require(tree, "helm/darwin", VERSION, false, messages);
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> ChartPackager.require(tree, "helm/darwin", VERSION, true, messages))
                .withMessageContaining("appVersion is '2.568.2'");
    }

    @Test
    void whatASubChartLacksIsSaid() {
        write(umbrella()
                .file(
                        "helm/darwin/charts/services/Chart.yaml",
                        yaml(
                                "services",
                                "1.3.0",
                                "dependencies:\n" + dependency("redis", "7.0.0", "https://charts.example.org"))));
        assertThat(messages.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("redis 7.0.0")
                        .contains("helm dependency update helm/darwin/charts/services"));
    }

    @Test
    void whatHelmWouldNotLoadIsRefused() {
        refused(umbrella().file("helm/darwin/charts/README.md", "x"))
                .withMessageContaining("charts/README.md is not a chart");
        refused(umbrella().file("helm/darwin/charts/x/values.yaml", "x"))
                .withMessageContaining("charts/x is not a chart");
        refused(umbrella().file("helm/darwin/charts/x.tgz", "x")).withMessageContaining("charts/x.tgz is not a chart");
        refused(umbrella().file("helm/darwin/big.json", new byte[(5 << 20) + 1]))
                .withMessageContaining("big.json");
        refused(umbrella().file("helm/darwin/.helmignore", "\n**/x\n")).withMessageContaining(".helmignore, line 2");
        refused(umbrella().file("helm/darwin/.helmignore", "[a-\n")).withMessageContaining("[a-");
        refused(umbrella().file("helm/darwin/Chart.yaml", "name: [\n")).withMessageContaining("not readable");
        refused(umbrella().file("helm/darwin/Chart.yaml", "name: a\nname: b\n")).withMessageContaining("duplicate key");
        refused(umbrella().file("helm/darwin/Chart.yaml", "version: 1.3.0\n")).withMessageContaining("has no name");
        refused(umbrella().file("helm/darwin/Chart.yaml", yaml("../evil", "1.3.0", "")))
                .withMessageContaining("../evil");
        refused(umbrella().without("helm/darwin/Chart.yaml")).withMessageContaining("no chart at 'helm/darwin'");
        refused(umbrella().submodule("helm/darwin/lib")).withMessageContaining("submodule");
    }
}
