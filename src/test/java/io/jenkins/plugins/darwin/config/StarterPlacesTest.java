package io.jenkins.plugins.darwin.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Placeholders;
import io.jenkins.plugins.darwin.edit.VersionEdits;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@code init} finds in repositories of many shapes: all that is the project's version, and nothing else. */
class StarterPlacesTest {
    private final Map<String, String> tree = new TreeMap<>();
    private Optional<Version> released = Optional.of(new Version(1, 2, 0));

    private StarterPlacesTest file(String path, String content) {
        tree.put(path, content);
        return this;
    }

    private Optional<byte[]> read(String path) {
        return Optional.ofNullable(tree.get(path)).map(t -> t.getBytes(StandardCharsets.UTF_8));
    }

    private String starter() {
        return ConfigWriter.starter(this::read, List.copyOf(tree.keySet()), "shop", Optional.empty(), released);
    }

    /** Every line that a bump to 1.3.0 changes, as {@code file: line}. */
    private List<String> changed() {
        ReleaseConfig config = ConfigReader.read("f", starter().getBytes(StandardCharsets.UTF_8), "shop");
        EditPlan plan = VersionEdits.plan(
                config.versionFiles(),
                List.copyOf(tree.keySet()),
                Map::of,
                p -> read(p).orElseThrow(),
                Placeholders.of(new Version(1, 3, 0), config.registry()));
        List<String> lines = new ArrayList<>();
        plan.contents().keySet().stream().sorted().forEach(path -> {
            String[] before = tree.get(path).split("\n");
            String[] after = new String(plan.contents().get(path), StandardCharsets.UTF_8).split("\n");
            assertThat(after).as(path).hasSameSizeAs(before);
            for (int i = 0; i < after.length; i++) {
                if (!after[i].equals(before[i])) {
                    lines.add(path + ": " + after[i].strip());
                }
            }
        });
        return lines;
    }

    @Test
    void filesAndConstantsOfManyLanguages() {
        file("VERSION", "v1.2.0\n")
                .file("src/shop/__init__.py", "__all__ = []\n__version__ = \"1.2.0\"\n")
                .file("src/shop/version.py", "VERSION: str = '1.2.0'\n")
                .file("pkg/version.go", "package v\n\nconst Version = \"1.2.0\"\n")
                .file("cmd/version/version.go", "var (\n\tAppVersion string = \"v1.2.0\"\n)\n")
                .file("lib/shop/version.rb", "  VERSION = \"1.2.0\".freeze\n")
                .file("include/shop_version.h", "#define SHOP_VERSION \"1.2.0\"\n")
                .file("gradle.properties", "org.gradle.daemon=true\nversion=1.2.0\n")
                .file("app/build.gradle.kts", "plugins {}\nversion = \"1.2.0\"\n")
                .file("setup.cfg", "[metadata]\nversion = 1.2.0\n[x]\nversion = attr: shop.x\n")
                .file("Makefile", "VERSION ?= v1.2.0\n")
                .file("docs/conf.py", "release = '1.2.0'\n")
                .file(
                        "Directory.Build.props",
                        "<Project><PropertyGroup>\n<Version>1.2.0</Version>\n</PropertyGroup></Project>")
                .file("other/version.go", "const apiVersion = \"2.0.1\"\n")
                .file("go/versions.go", "const aVersion = \"1.2.0\"\nconst bVersion = \"1.2.0\"\n");
        assertThat(changed())
                .containsExactlyInAnyOrder(
                        "VERSION: v1.3.0",
                        "src/shop/__init__.py: __version__ = \"1.3.0\"",
                        "src/shop/version.py: VERSION: str = '1.3.0'",
                        "pkg/version.go: const Version = \"1.3.0\"",
                        "cmd/version/version.go: AppVersion string = \"v1.3.0\"",
                        "lib/shop/version.rb: VERSION = \"1.3.0\".freeze",
                        "include/shop_version.h: #define SHOP_VERSION \"1.3.0\"",
                        "gradle.properties: version=1.3.0",
                        "app/build.gradle.kts: version = \"1.3.0\"",
                        "setup.cfg: version = 1.3.0",
                        "Makefile: VERSION ?= v1.3.0",
                        "docs/conf.py: release = '1.3.0'",
                        "Directory.Build.props: <Version>1.3.0</Version>");
    }

    @Test
    void aNodeWorkspaceAndItsLock() {
        file("package.json", "{\"name\":\"shop\",\"version\":\"1.2.0\",\n\"workspaces\":[\"packages/*\"]}")
                .file("packages/a/package.json", "{\"name\":\"@shop/a\",\n\"version\":\"1.2.0\"}")
                .file(
                        "packages/b/package.json",
                        "{\"name\":\"@shop/b\",\n\"version\":\"1.2.0\",\n\"dependencies\":{\n\"@shop/a\":\"^1.2.0\",\n\"left-pad\":\"1.2.0\"},"
                                + "\n\"devDependencies\":{\"@shop/own\":\"4.0.0\"}}")
                .file("packages/own/package.json", "{\"name\":\"@shop/own\",\"version\":\"4.0.0\"}")
                .file("packages/zero/package.json", "{\"name\":\"@shop/zero\",\"private\":true,\"version\":\"0.0.0\"}")
                .file(
                        "package-lock.json",
                        "{\"name\":\"shop\",\n\"version\":\"1.2.0\",\n\"packages\":{\n\"\":{\"version\":\"1.2.0\"},\n"
                                + "\"packages/a\":{\"name\":\"@shop/a\",\"version\":\"1.2.0\"},\n"
                                + "\"packages/b\":{\"version\":\"1.2.0\",\"dependencies\":{\"@shop/a\":\"^1.2.0\"}},\n"
                                + "\"packages/own\":{\"version\":\"4.0.0\"},\n"
                                + "\"node_modules/left-pad\":{\"version\":\"1.2.0\"},\n\"node_modules/@shop/a\":{\"link\":true}}}");
        assertThat(changed())
                .containsExactly(
                        "package-lock.json: \"version\":\"1.3.0\",",
                        "package-lock.json: \"\":{\"version\":\"1.3.0\"},",
                        "package-lock.json: \"packages/a\":{\"name\":\"@shop/a\",\"version\":\"1.3.0\"},",
                        "package-lock.json: \"packages/b\":{\"version\":\"1.3.0\",\"dependencies\":{\"@shop/a\":\"^1.3.0\"}},",
                        "package.json: {\"name\":\"shop\",\"version\":\"1.3.0\",",
                        "packages/a/package.json: \"version\":\"1.3.0\"}",
                        "packages/b/package.json: \"version\":\"1.3.0\",",
                        "packages/b/package.json: \"@shop/a\":\"^1.3.0\",");
        assertThat(starter())
                .contains(
                        "# not listed: packages/own/package.json (4.0.0, a version of its own)",
                        "# not listed: packages/zero/package.json (0.0.0, a version of its own)");
    }

    @Test
    void aCargoWorkspaceAndItsLock() {
        file(
                        "Cargo.toml",
                        "[workspace.package]\nversion = \"1.2.0\"\n[workspace.dependencies]\na = { path = \"crates/a\", version = \"=1.2.0\" }\n"
                                + "serde = \"1.2.0\"\n")
                .file("crates/a/Cargo.toml", "[package]\nname = \"a\"\nversion.workspace = true\n")
                .file(
                        "crates/b/Cargo.toml",
                        "[package]\nname = \"b\"\nversion = \"1.2.0\"\n[dependencies]\na = \"1.2.0\"\nown = { path = \"../own\", version = \"0.4.0\" }\n")
                .file("crates/own/Cargo.toml", "[package]\nname = \"own\"\nversion = \"0.4.0\"\n")
                .file(
                        "Cargo.lock",
                        "version = 3\n[[package]]\nname = \"a\"\nversion = \"1.2.0\"\n[[package]]\nname = \"serde\"\nversion = \"1.2.0\"\nsource = \"registry\"\n"
                                + "[[package]]\nname = \"own\"\nversion = \"0.4.0\"\n");
        assertThat(changed())
                .containsExactly(
                        "Cargo.lock: version = \"1.3.0\"",
                        "Cargo.toml: version = \"1.3.0\"",
                        "Cargo.toml: a = { path = \"crates/a\", version = \"=1.3.0\" }",
                        "crates/b/Cargo.toml: version = \"1.3.0\"",
                        "crates/b/Cargo.toml: a = \"1.3.0\"");
    }

    @Test
    void mavenModulesInAnyOrder() {
        released = Optional.empty();
        file(
                        "pom.xml",
                        "<project><packaging>pom</packaging>\n<!-- <version>9</version> -->\n<version>1.3.0-SNAPSHOT</version>\n<artifactId>shop</artifactId>"
                                + "<groupId>org.x</groupId><dependencyManagement><dependencies>\n<dependency><version>1.3.0-SNAPSHOT</version><artifactId>core</artifactId>"
                                + "<groupId>${project.groupId}</groupId></dependency>\n<dependency><groupId>org.y</groupId><artifactId>core</artifactId><version>1.3.0-SNAPSHOT</version></dependency>\n"
                                + "</dependencies></dependencyManagement></project>")
                .file(
                        "core/pom.xml",
                        "<project><parent><version>1.3.0-SNAPSHOT</version>\n<artifactId>shop</artifactId><groupId>org.x</groupId></parent><artifactId>core</artifactId></project>")
                .file(
                        "own/pom.xml",
                        "<project><groupId>org.x</groupId><artifactId>own</artifactId><version>0.7</version></project>")
                .file(
                        "app/pom.xml",
                        "<project><parent><groupId>org.x</groupId><artifactId>core</artifactId><version>1.3.0-SNAPSHOT</version></parent><artifactId>app</artifactId>\n"
                                + "<properties>\n<core.version>1.3.0-SNAPSHOT</core.version>\n<own.version>0.7</own.version></properties><profiles><profile><build><plugins><plugin>"
                                + "<groupId>org.x</groupId><artifactId>core</artifactId>\n<version>${core.version}</version></plugin></plugins></build></profile></profiles></project>");
        assertThat(changed())
                .containsExactly(
                        "app/pom.xml: <project><parent><groupId>org.x</groupId><artifactId>core</artifactId><version>1.3.0</version></parent><artifactId>app</artifactId>",
                        "app/pom.xml: <core.version>1.3.0</core.version>",
                        "core/pom.xml: <project><parent><version>1.3.0</version>",
                        "pom.xml: <version>1.3.0</version>",
                        "pom.xml: <dependency><version>1.3.0</version><artifactId>core</artifactId><groupId>${project.groupId}</groupId></dependency>");
        assertThat(starter()).contains("# not listed: own/pom.xml (0.7, a version of its own)");
    }

    @Test
    void mavensRevision() {
        file(
                        "pom.xml",
                        "<project><groupId>g</groupId><artifactId>a</artifactId><version>${revision}${changelist}</version>"
                                + "<properties>\n<revision>1.2.0</revision>\n<changelist>-SNAPSHOT</changelist></properties></project>")
                .file(
                        "m/pom.xml",
                        "<project><parent><groupId>g</groupId><artifactId>a</artifactId><version>${revision}${changelist}</version></parent><artifactId>m</artifactId></project>");
        assertThat(changed()).contains("pom.xml: <revision>1.3.0</revision>");
    }

    @Test
    void subChartsWithVersionsOfTheirOwnKeepThem() {
        file(
                        "chart/Chart.yaml",
                        "name: shop\nversion: 1.2.0\nappVersion: 8.0.36\ndependencies:\n"
                                + "- {name: server, version: 1.2.0, repository: 'file://charts/server'}\n"
                                + "- {name: mysql, version: 9.1.0, repository: 'file://./charts/mysql'}\n"
                                + "- {name: remote, version: 1.2.0, repository: 'https://charts.example.org'}\n")
                .file("chart/charts/server/Chart.yaml", "name: server\nversion: 1.2.0\nappVersion: 1.2.0\n")
                .file("chart/charts/mysql/Chart.yaml", "name: mysql\nversion: 9.1.0\nappVersion: 8.0.36\n")
                .file(
                        "chart/requirements.yaml",
                        "dependencies:\n- name: server\n  version: 1.2.0\n  repository: https://charts.example.org\n- name: redis\n  version: 1.2.0\n");
        assertThat(changed())
                .containsExactly(
                        "chart/Chart.yaml: version: 1.3.0",
                        "chart/Chart.yaml: - {name: server, version: 1.3.0, repository: 'file://charts/server'}",
                        "chart/charts/server/Chart.yaml: version: 1.3.0",
                        "chart/requirements.yaml: version: 1.3.0");
    }

    @Test
    void imagesByTheirTagAndKustomizations() {
        file("charts/shop/Chart.yaml", "name: shop\nversion: 1.2.0\nappVersion: 1.2.0\n")
                .file(
                        "charts/shop/values.yaml",
                        "image: { repository: example.org/acme/operator, tag: v1.2.0 }\nsidecar:\n  image:\n    tag: 3.1\ninit: { imageTag: \"1.2.0\" }\nreplicas: 1\n")
                .file(
                        "config/kustomization.yaml",
                        "images:\n- name: example.org/acme/operator\n  newTag: v1.2.0\n- name: nginx\n  newTag: 1.25.0\n");
        assertThat(changed())
                .containsExactly(
                        "charts/shop/Chart.yaml: version: 1.3.0",
                        "charts/shop/Chart.yaml: appVersion: 1.3.0",
                        "charts/shop/values.yaml: image: { repository: example.org/acme/operator, tag: v1.3.0 }",
                        "charts/shop/values.yaml: init: { imageTag: \"1.3.0\" }",
                        "config/kustomization.yaml: newTag: v1.3.0");
    }

    @Test
    void theNextVersionOnTrunkMovesToo() {
        file("pyproject.toml", "[project]\nversion = \"1.3.0.dev0\"\n")
                .file("src/__init__.py", "__version__ = '1.3.0.dev0'\n")
                .file("lib/setup.py", "setup(version='0.9.0')\n")
                .file("package.json", "{\"version\": \"1.3.0-alpha.1\"}");
        assertThat(changed())
                .containsExactly(
                        "package.json: {\"version\": \"1.3.0\"}",
                        "pyproject.toml: version = \"1.3.0\"",
                        "src/__init__.py: __version__ = '1.3.0'");
    }

    /** Of a public project: a tag 23.05-py3 of a server that it deploys was taken for its next version. */
    @Test
    void tagsOfOtherPeoplesImagesStay() {
        file("charts/shop/Chart.yaml", "name: shop\nversion: v1.3.0-rc0\nappVersion: v1.3.0-rc0\n")
                .file(
                        "charts/shop/values.yaml",
                        "shop: {version: v1.3.0-rc0}\ntriton: {tag: 23.05-py3}\nproxy: {tag: 1.2.0-alpine}\nnode: {tag: 20.0.0-rc.1}\n")
                .file("python/pyproject.toml", "[project]\nversion = \"1.3.0rc0\"\n");
        assertThat(changed())
                .containsExactly(
                        "charts/shop/Chart.yaml: version: v1.3.0",
                        "charts/shop/Chart.yaml: appVersion: v1.3.0",
                        "charts/shop/values.yaml: shop: {version: v1.3.0}",
                        "python/pyproject.toml: version = \"1.3.0\"");
    }

    @Test
    void historiesMayKeepOldVersions() {
        file("CHANGELOG.md", "## 1.2.0").file("docs/release-notes.rst", "1.2.0").file("docs/install.md", "1.2.0");
        assertThat(ConfigReader.read("f", starter().getBytes(StandardCharsets.UTF_8), "shop")
                        .leave())
                .extracting(ReleaseConfig.Leave::files)
                .containsExactly("CHANGELOG.md", "docs/release-notes.rst");
    }
}
