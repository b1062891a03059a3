package io.jenkins.plugins.darwin.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.VersionEdits;
import io.jenkins.plugins.darwin.model.BuildOptions;
import io.jenkins.plugins.darwin.model.ChartRules;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigWriterTest {
    private static final Map<String, String> VALUES =
            Map.of("version", "1.3.0", "registry.release", "registry.example.org/darwin", "registry.staging", "x");

    private final Map<String, byte[]> tree = new TreeMap<>();

    private ConfigWriterTest file(String path, String content) {
        tree.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private String starter() {
        return ConfigWriter.starter(
                p -> Optional.ofNullable(tree.get(p)),
                List.copyOf(tree.keySet()),
                "darwin",
                Optional.empty(),
                Optional.empty());
    }

    /** Reads back what was written, and makes its edits in the tree. */
    private EditPlan edits() {
        ReleaseConfig config =
                ConfigReader.read("darwin-release.yaml", starter().getBytes(StandardCharsets.UTF_8), "other");
        return VersionEdits.plan(config.versionFiles(), List.copyOf(tree.keySet()), Map::of, tree::get, VALUES);
    }

    private ReleaseConfig config() {
        return ConfigReader.read("darwin-release.yaml", starter().getBytes(StandardCharsets.UTF_8), "other");
    }

    @Test
    void anEmptyRepositoryGetsTheDefaults() {
        ReleaseConfig defaults = ConfigReader.defaults("darwin");
        assertThat(config())
                .isEqualTo(new ReleaseConfig(
                        "darwin",
                        "main",
                        defaults.git(),
                        List.of(),
                        List.of(),
                        ReleaseConfig.AfterBump.NONE,
                        List.of(),
                        List.of(),
                        java.util.Map.of(),
                        defaults.source(),
                        defaults.registry(),
                        defaults.vote(),
                        defaults.signing(),
                        defaults.publishing(),
                        defaults.semver(),
                        java.util.Map.of(),
                        List.of(),
                        defaults.process()));
    }

    @Test
    void findsDarwinsLayout() {
        darwin();
        ReleaseConfig config = config();
        assertThat(config.charts()).containsExactly("helm/darwin");
        assertThat(config.images())
                .containsExactly(
                        new ImageSource.Command(
                                "darwin-compute",
                                "./init.sh --all && ./setup.sh -y --clean",
                                "localhost:5000/darwin-compute:latest"),
                        new ImageSource.Command(
                                "chronos", "./init.sh --all && ./setup.sh -y --clean", "localhost:5000/chronos:latest"),
                        new ImageSource.Dockerfile("ray-2.37.0", "compute/ray/Dockerfile", "compute/ray"),
                        new ImageSource.Command(
                                "ray-2.37.0-darwin-sdk",
                                "./init.sh --all && ./setup.sh -y --clean",
                                "localhost:5000/ray:2.37.0-darwin-sdk"));
        assertThat(edits().places())
                .extracting(p -> p.file() + " " + p.path() + " " + p.oldValue())
                .containsExactly(
                        "compute/app/pom.xml project.parent.version 1.0.0-SNAPSHOT",
                        "compute/app/pom.xml project.dependencies.dependency[0].version 1.0.0-SNAPSHOT",
                        "compute/app/pom.xml project.dependencies.dependency[1].version 1.0.0-SNAPSHOT",
                        "compute/core/pom.xml project.parent.version 1.0.0-SNAPSHOT",
                        "compute/pom.xml project.version 1.0.0-SNAPSHOT",
                        "helm/darwin/Chart.yaml version 1.0.0",
                        "helm/darwin/Chart.yaml appVersion 2.0.0",
                        "helm/darwin/Chart.yaml dependencies[0].version 1.0.0",
                        "helm/darwin/charts/datastores/mysql/Chart.yaml version 1.0.0",
                        "helm/darwin/charts/services/Chart.yaml version 1.0.0",
                        "helm/darwin/charts/services/Chart.yaml appVersion 2.0.0",
                        "helm/darwin/charts/services/values.yaml services.chronos.image.registry localhost:5000",
                        "helm/darwin/charts/services/values.yaml services.chronos.image.tag latest",
                        "helm/darwin/charts/services/values.yaml services.compute.image.registry localhost:5000",
                        "helm/darwin/charts/services/values.yaml services.compute.image.tag latest",
                        "helm/darwin/charts/services/values.yaml services.workflow.image.tag latest");
        assertThat(starter())
                .contains(
                        "# not listed: tools/pv-chart",
                        "# not listed: sdk/setup.py (2.0.3, a version of its own)",
                        "# not listed: compute/app/pom.xml (1.0.5, a version of its own)",
                        "helm/darwin/**/Chart.yaml   # now 1.0.0",
                        "# services.yaml has the key 'darwin-sdk-runtime' on line 6 and on line 7");
    }

    /** With no file at all, Darwin's layout is bumped as well; MySQL's chart keeps telling the version of MySQL. */
    @Test
    void theDefaultsFitDarwinsLayout() {
        darwin();
        assertThat(VersionEdits.plan(
                                ConfigReader.defaults("darwin").versionFiles(),
                                List.copyOf(tree.keySet()),
                                Map::of,
                                tree::get,
                                VALUES)
                        .places())
                .extracting(p -> p.file() + " " + p.path())
                .containsExactly(
                        "helm/darwin/Chart.yaml version",
                        "helm/darwin/Chart.yaml appVersion",
                        "helm/darwin/Chart.yaml dependencies[0].version",
                        "helm/darwin/charts/datastores/mysql/Chart.yaml version",
                        "helm/darwin/charts/services/Chart.yaml version",
                        "helm/darwin/charts/services/Chart.yaml appVersion",
                        "helm/darwin/charts/services/values.yaml services.chronos.image.registry",
                        "helm/darwin/charts/services/values.yaml services.chronos.image.tag",
                        "helm/darwin/charts/services/values.yaml services.compute.image.registry",
                        "helm/darwin/charts/services/values.yaml services.compute.image.tag",
                        "helm/darwin/charts/services/values.yaml services.workflow.image.tag");
    }

    private void darwin() {
        file(
                "services.yaml",
                "applications:\n  - {application: darwin-compute, base-path: compute}\n  - {application: chronos, base-path: chronos}\n"
                        + "ray-images:\n  - {image-name: 'ray:2.37.0', dockerfile-path: compute/ray}\n"
                        + "darwin-sdk-runtime: {image-name: 'ray:2.37.0-darwin-sdk'}\ndarwin-sdk-runtime: []\n");
        file("setup.sh", "#!/bin/sh\n# usage: setup.sh [-y] [-c|--clean]\nyq .darwin-sdk-runtime\n")
                .file("init.sh", "# --all\n")
                .file("compute/ray/Dockerfile", "FROM scratch\n");
        file(
                "helm/darwin/Chart.yaml",
                "name: darwin\nversion: 1.0.0\nappVersion: \"2.0.0\"\ndependencies:\n"
                        + "- {name: services, version: 1.0.0, repository: 'file://./charts/services'}\n"
                        + "- {name: ingress-nginx, version: 4.10.1, repository: 'https://kubernetes.github.io/ingress-nginx'}\n");
        file("helm/darwin/charts/services/Chart.yaml", "name: services\nversion: 1.0.0\nappVersion: 2.0.0\n");
        file("helm/darwin/charts/datastores/mysql/Chart.yaml", "name: mysql\nversion: 1.0.0\nappVersion: \"8.0\"\n");
        file(
                "helm/darwin/charts/services/values.yaml",
                "services:\n  chronos:\n    image: {registry: localhost:5000, name: chronos, tag: latest}\n"
                        + "  compute:\n    image: {registry: localhost:5000, name: x, tag: latest}\n"
                        + "  workflow:\n    image: {repository: darwin-workflow, tag: latest}\n");
        file("helm/darwin/charts/datastores/values.yaml", "mysql: {image: {repository: mysql, tag: \"8.0\"}}\n");
        file("helm/darwin/charts/services/templates/Chart.yaml.tpl", "{{ x }}");
        file("tools/pv-chart/Chart.yaml", "name: pv\nversion: 0.1.0\n");
        file("sdk/setup.py", "setup(name='x', version=\"2.0.3\")\n")
                .file("sdk/.bumpversion.cfg", "[bumpversion]\ncurrent_version = 2.0.4\n")
                .file("sdk/pyproject.toml", "[project]\nversion = \"2.0.3\"\n")
                .file("core/setup.py", "setup()\n")
                .file("two/setup.py", "a(version='1')\nb(version='2')\n")
                .file("tpl/{{ x }}/setup.py", "version='1'\n")
                .file("ui/package.json", "{\"version\": \"0.1.0\"}")
                .file("ui/node_modules/x/package.json", "{\"version\": \"9\"}");
        file(
                "compute/pom.xml",
                "<project><parent><groupId>o</groupId><artifactId>other</artifactId><version>9</version></parent>\n"
                        + "<groupId>com.x</groupId><artifactId>compute.parent</artifactId>\n  <version>1.0.0-SNAPSHOT</version></project>\n");
        String parent =
                "<project><parent><groupId>com.x</groupId><artifactId>compute.parent</artifactId><version>1.0.0-SNAPSHOT</version></parent>\n";
        file("compute/core/pom.xml", parent + "<artifactId>core</artifactId></project>\n");
        file(
                "compute/app/pom.xml",
                parent + "<artifactId>app</artifactId>\n<version>1.0.5</version><dependencies>\n"
                        + dependency("com.x", "core", "1.0.0-SNAPSHOT") + dependency("com.x", "core", "1.0.0-SNAPSHOT")
                        + dependency("com.x", "lib", "3") + dependency("com.y", "core", "3")
                        + dependency("com.x", "app", "${x}") + "</dependencies></project>\n");
    }

    private static String dependency(String group, String artifact, String version) {
        return "<dependency>\n<groupId>" + group + "</groupId>\n<artifactId>" + artifact + "</artifactId>\n<version>"
                + version + "</version>\n</dependency>\n";
    }

    @Test
    void withoutABuildScriptDockerfilesAndDistFoldersMakeTheImages() {
        file(
                "services.yaml",
                "applications:\n- {application: a, base-path: a}\n- {application: b, base-path: b, path: dist}\n"
                        + "- {application: c, base-path: c}\n- {application: 'Bad Name'}\n- {application: ../x, base-path: ../x}\n");
        file("a/Dockerfile", "FROM scratch\n").file("b/dist/x", "x");
        assertThat(config().images())
                .containsExactly(
                        new ImageSource.Dockerfile("a", "a/Dockerfile", "a"),
                        new ImageSource.Files("b", "b/dist", "/"));
        assertThat(starter()).contains("# not listed: c (services.yaml names it");
        tree.remove("services.yaml");
        assertThat(config().images()).containsExactly(new ImageSource.Dockerfile("a", "a/Dockerfile", "a"));
    }

    @Test
    void imagesAreCalledAndBuiltAsTheProjectsOwnBuildHasThem() {
        file("Makefile", """
                IMG ?= ghcr.io/org/kserve-controller
                ENGINE ?= docker
                docker-build:
                \t$(ENGINE) buildx build --push --platform linux/amd64 --build-arg A=b . -t ${IMG}:$(TAG)
                agent:
                \tcd python && docker build -t "${REPO}/${AGENT:-agent-server}:latest" \\
                \t  --target=final -f agent.Dockerfile . && docker push x
                """);
        file("hack/Makefile", "x:\n\tdocker build -t hacked -f tools/Dockerfile tools\n");
        file(".github/workflows/images.yml", """
                jobs:
                  images:
                    steps:
                    - uses: docker/build-push-action@v5
                      with: { context: ui, tags: "org/console:${{ github.sha }}" }
                    - uses: docker/build-push-action@v5
                      with: { context: "${{ matrix.dir }}", tags: "org/other:x" }
                """);
        file("deploy/docker-compose.yml", """
                services:
                  db: { image: "org/db:1", build: { context: ../db, dockerfile: db.Dockerfile } }
                  gone: { image: "org/gone:1", build: ../gone }
                """);
        file("Dockerfile", "FROM scratch\n").file("python/agent.Dockerfile", "FROM scratch AS final\n");
        file("ui/Dockerfile", "FROM scratch\n").file("db/db.Dockerfile", "FROM scratch\n");
        file("tools/Dockerfile", "FROM scratch\n").file("tools/Dockerfile.proxy", "FROM scratch\n");
        file("a/worker/Dockerfile", "FROM scratch\n").file("b/worker/Containerfile", "FROM scratch\n");
        for (String aside : List.of(
                "docs/Dockerfile",
                "test/e2e/Dockerfile",
                "Dockerfile.dev",
                ".devcontainer/Dockerfile",
                "x/tests/Dockerfile")) {
            file(aside, "FROM scratch\n");
        }
        assertThat(config().images())
                .containsExactlyInAnyOrder(
                        new ImageSource.Dockerfile("kserve-controller", "Dockerfile", "."),
                        new ImageSource.Dockerfile(
                                "agent-server", "python/agent.Dockerfile", "python", BuildOptions.ofStage("final")),
                        new ImageSource.Dockerfile("console", "ui/Dockerfile", "ui"),
                        new ImageSource.Dockerfile("db", "db/db.Dockerfile", "db"),
                        new ImageSource.Dockerfile("tools", "tools/Dockerfile", "tools"),
                        new ImageSource.Dockerfile("tools-proxy", "tools/Dockerfile.proxy", "tools"),
                        new ImageSource.Dockerfile("worker", "a/worker/Dockerfile", "a/worker"),
                        new ImageSource.Dockerfile("b-worker", "b/worker/Containerfile", "b/worker"));
        assertThat(starter())
                .contains(
                        "# not listed: docs/Dockerfile (documentation, tests or development)",
                        "# not listed: .devcontainer/Dockerfile",
                        "target: final");
    }

    @Test
    void imagesOfOthersInAChartAreAllowedByName() {
        file("Dockerfile", "FROM scratch\n").file("chart/Chart.yaml", "apiVersion: v2\nname: darwin\nversion: 1.0.0\n");
        file(
                "chart/values.yaml",
                "image: { repository: org/darwin, tag: 1.0.0 }\n"
                        + "db: { image: { registry: docker.io, repository: bitnami/postgresql, tag: 16 } }\nkafka: { image: 'quay.io/strimzi/kafka:1' }\n");
        file("chart/templates/job.yaml", "x:\n  - image: busybox:1.36\n");
        assertThat(config().rules("chart").allow())
                .extracting(ChartRules.Allow::image)
                .containsExactly("busybox", "docker.io/bitnami/postgresql", "quay.io/strimzi/kafka");
        assertThat(config().charts()).containsExactly("chart");
    }

    @Test
    void aDockerfileAtTheRootIsTheProjects() {
        file("Dockerfile", "FROM scratch\n").file("agent.Dockerfile", "FROM scratch\n");
        file("Dockerfile.distroless", "FROM scratch\n");
        assertThat(config().images())
                .extracting(ImageSource::name)
                .containsExactly("darwin", "darwin-distroless", "agent");
    }

    @Test
    void namesFromTheRepositoryCantBreakTheFile() {
        file("aa: b # 'c'/setup.py", "version='1\u0007.0'\n")
                .file("x\ny/setup.py", "version='1'\n")
                .file("[a]*/package.json", "{\"version\": \"1\"}")
                .file("tt: \"x\"/Chart.yaml", "version: \"1\\n2: 3\"\n")
                .file(".git/setup.py", "version='1'")
                .file("q/Chart.yaml", "{{ bad")
                .file("v/values.yaml", "a: [")
                .file("ü/Chart.yaml", "name: ü\nversion: 1.0.0\nappVersion: [1]\n");
        assertThat(edits().places())
                .extracting(EditPlan.EditedPlace::file)
                .containsExactlyInAnyOrder(
                        "aa: b # 'c'/setup.py", "[a]*/package.json", "tt: \"x\"/Chart.yaml", "ü/Chart.yaml");
    }

    @Test
    void describesTheExampleProject() throws IOException {
        Path root = Path.of("examples/darwin");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        ReleaseConfig own = ConfigReader.read("f", tree.get("darwin-release.yaml"), "darwin");
        assertThat(config().images()).isEqualTo(own.images());
        assertThat(config().charts()).isEqualTo(own.charts());
        EditPlan byHand = VersionEdits.plan(own.versionFiles(), List.copyOf(tree.keySet()), Map::of, tree::get, VALUES);
        assertThat(edits().contents()).hasSize(byHand.contents().size());
        byHand.contents()
                .forEach((path, content) -> assertThat(edits().contents().get(path))
                        .as(path)
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo(new String(content, StandardCharsets.UTF_8)));
    }
}
