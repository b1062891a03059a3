package io.jenkins.plugins.darwin.chart;

import static io.jenkins.plugins.darwin.chart.Charts.umbrella;
import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.ManifestView;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.registry.Repository;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real Helm says about our packages. */
class ChartHelmIT {
    private static final Instant TIME = Instant.parse("2025-11-02T01:30:07Z");

    @TempDir
    Path temp;

    private PackagedChart write(MemoryTree tree) {
        return ChartPackager.write(
                tree, "helm/darwin", Version.parse("1.3.0"), true, TIME, temp.resolve("ours"), Progress.silent());
    }

    private static SortedSet<String> names(Path file) {
        return Tools.run(file.getParent(), "tar", "tzf", file.toString())
                .lines()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void holdsWhatHelmPackageHolds() throws IOException {
        MemoryTree tree = umbrella()
                .file(
                        "helm/darwin/Chart.yaml",
                        Charts.yaml(
                                "darwin",
                                "1.3.0",
                                "dependencies:\n" + Charts.dependency("services", "1.3.0", "file://./charts/services")))
                .without("helm/darwin/charts/datastores");
        Path work = Files.createDirectories(temp.resolve("work"));
        tree.checkout(work, Progress.silent());
        Path theirs = Files.createDirectories(temp.resolve("theirs"));
        new Helm(work.resolve("helm/darwin"))
                .packageIt()
                .withDestination(theirs)
                .call();
        assertThat(names(write(tree).path()))
                .isEqualTo(names(theirs.resolve("darwin-1.3.0.tgz")))
                .doesNotContain("darwin/charts/services/old.bak");
    }

    @Test
    void holdsWhatHelmPackageHoldsAfterDependencyUpdate() throws IOException {
        // Helm would pack services twice, from charts/ and from the update's .tgz, once without the parent's
        // .helmignore.
        MemoryTree tree = umbrella().without("helm/darwin/charts/services/old.bak");
        Path work = Files.createDirectories(temp.resolve("work"));
        tree.checkout(work, Progress.silent());
        Path chart = work.resolve("helm/darwin");
        new Helm(chart).dependency().update().call();
        Path theirs = Files.createDirectories(temp.resolve("theirs"));
        new Helm(chart).packageIt().withDestination(theirs).call();

        SortedSet<String> helms = names(theirs.resolve("darwin-1.3.0.tgz"));
        helms.removeIf(name -> name.endsWith("Chart.lock")); // made by the update
        assertThat(names(write(tree).path())).isEqualTo(helms);
    }

    /** A sub-chart's own file:// dependency is none of Helm's business when it packs the parent: rendered twice, it would clash. */
    @Test
    void whatASubChartNamesByFileAndDoesNotHoldIsLeftOutAsHelmLeavesIt() throws IOException {
        MemoryTree tree = new MemoryTree()
                .file(
                        "helm/darwin/Chart.yaml",
                        Charts.yaml(
                                "darwin",
                                "1.3.0",
                                "dependencies:\n" + Charts.dependency("data", "1.3.0", "file://./charts/data")))
                .file(
                        "helm/darwin/charts/data/Chart.yaml",
                        Charts.yaml(
                                "data",
                                "1.3.0",
                                "dependencies:\n" + Charts.dependency("mysql", "1.3.0", "file://./mysql")))
                .file("helm/darwin/charts/data/mysql/Chart.yaml", Charts.yaml("mysql", "1.3.0", ""))
                .file("helm/darwin/charts/data/mysql/templates/s.yaml", Charts.configMap("mysql"))
                .file("helm/darwin/charts/data/templates/s.yaml", Charts.configMap("mysql"));
        Path work = Files.createDirectories(temp.resolve("work"));
        tree.checkout(work, Progress.silent());
        Path theirs = Files.createDirectories(temp.resolve("theirs"));
        new Helm(work.resolve("helm/darwin")).dependency().update().call();
        new Helm(work.resolve("helm/darwin"))
                .packageIt()
                .withDestination(theirs)
                .call();
        String expected = new Helm(theirs.resolve("darwin-1.3.0.tgz"))
                .template()
                .withName("r")
                .call();
        String ours = new Helm(write(tree).path()).template().withName("r").call();
        assertThat(objects(ours)).isEqualTo(objects(expected)).hasSize(1);
    }

    /** Rendered objects, without the comments that say where they come from. */
    private static SortedSet<String> objects(String rendered) {
        return java.util.Arrays.stream(rendered.split("(?m)^---$"))
                .map(each -> each.replaceAll("(?m)^#.*$", "").strip())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void lintPassesAndTemplateRendersEverySubChart() throws IOException {
        PackagedChart chart = write(umbrella());
        Helm helm = new Helm(chart.path());
        assertThat(helm.lint().call().isFailed()).isFalse();
        assertThat(helm.show().chart().call()).contains("name: darwin", "version: 1.3.0", "appVersion: 1.3.0");
        assertThat(helm.template().withName("r").call()).contains("r-darwin", "r-services", "r-mysql");
        assertThat(helm.template()
                        .withName("r")
                        .set("services.enabled", "false")
                        .call())
                .doesNotContain("r-services");
    }

    @Test
    void helmPullsWhatWePushAndPushesTheSameItself() throws Exception {
        PackagedChart chart = write(umbrella());
        try (RealRegistry server = RealRegistry.start(temp.resolve("registry"))) {
            var registry = Registries.open(server.host(), RegistryOptions.defaults());
            Repository repository = registry.repository("rc1/charts/darwin");
            chart.push(repository, Progress.silent().start("push", -1, Progress.Unit.BYTES));
            assertThat(repository.tags()).isEmpty();
            repository.tag(chart.manifest(), "1.3.0");

            String reference = "oci://" + server.host() + "/rc1/charts/darwin";
            assertThat(Helm.show(reference)
                            .chart()
                            .withVersion("1.3.0")
                            .plainHttp()
                            .call())
                    .contains("name: darwin", "version: 1.3.0");
            assertThat(Helm.template(reference)
                            .withVersion("1.3.0")
                            .withName("r")
                            .plainHttp()
                            .call())
                    .contains("r-darwin", "r-mysql");

            Helm.push()
                    .withChart(chart.path())
                    .withRemote(URI.create("oci://" + server.host() + "/helm"))
                    .plainHttp()
                    .call();
            Repository theirs = registry.repository("helm/darwin");
            ManifestView helms = theirs.manifest("1.3.0").orElseThrow().view();
            ManifestView ours = chart.manifest().view();
            assertThat(ours.layers()).isEqualTo(helms.layers());
            assertThat(ours.config().orElseThrow().mediaType())
                    .isEqualTo(helms.config().orElseThrow().mediaType());
            assertThat(chart.config())
                    .asString()
                    .isEqualTo(new String(theirs.blob(
                                    helms.config().orElseThrow().digest(),
                                    helms.config().orElseThrow().size())
                            .readAllBytes()));
            Map<String, String> expected = new TreeMap<>(helms.annotations());
            expected.put("org.opencontainers.image.created", "2025-11-02T01:30:07Z");
            assertThat(ours.annotations()).isEqualTo(expected);
        }
    }
}
