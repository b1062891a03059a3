package io.jenkins.plugins.darwin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.BuildOptions;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.SourceFormat;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    /** As the design document has it. */
    private static final String DESIGN = """
            project: darwin                      # default: the repository's name
            trunk: main
            git: { author: "Darwin Release <release@example.org>" }
            versionFiles:
              - files: helm/darwin/**/Chart.yaml
                yaml: [version, appVersion, "dependencies[*].version"]
              - files: helm/darwin/charts/services/values.yaml
                yaml:
                  - { path: "services.*.image.tag" }                       # value: the version, unless given
                  - { path: "services.*.image.registry", value: "${registry.release}" }
              - { files: "**/setup.py", regex: 'version="([^"]+)"', optional: true }
            images:
              - { name: darwin-compute, files: compute/dist }              # content is just files
              - { name: darwin-mlflow, dockerfile: mlflow/Dockerfile, context: mlflow }
              - { name: ml-serve-app, command: ./setup.sh -y --clean, produces: "localhost:5000/ml-serve-app:latest" }
            charts: [helm/darwin]
            source: [tar.gz, zip]
            registry: { staging: "127.0.0.1:5000/staging", release: "127.0.0.1:5000/darwin" }
            vote: { quorum: 3, hours: 48, voters: [alice, bob, carol], checklist: [installation, core workflows, artifacts, upgrade] }
            """;

    private static ReleaseConfig read(String yaml) {
        return ConfigReader.read("darwin-release.yaml", yaml.getBytes(StandardCharsets.UTF_8), "darwin");
    }

    private static void refuses(String yaml, String... lines) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(ReleaseException.class, e -> {
            assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE);
            assertThat(e.getMessage().lines()).containsExactly(lines);
        });
    }

    @Test
    void readsTheDesignsExample() {
        ReleaseConfig config = read(DESIGN);
        assertThat(config.project()).isEqualTo("darwin");
        assertThat(config.author()).isEqualTo(new Person("Darwin Release", "release@example.org"));
        assertThat(config.versionFiles())
                .containsExactly(
                        new VersionFile(
                                "helm/darwin/**/Chart.yaml",
                                List.of(
                                        new Place(PlaceKind.YAML, "version", "${version}"),
                                        new Place(PlaceKind.YAML, "appVersion", "${version}"),
                                        new Place(PlaceKind.YAML, "dependencies[*].version", "${version}")),
                                false),
                        new VersionFile(
                                "helm/darwin/charts/services/values.yaml",
                                List.of(
                                        new Place(PlaceKind.YAML, "services.*.image.tag", "${version}"),
                                        new Place(PlaceKind.YAML, "services.*.image.registry", "${registry.release}")),
                                false),
                        new VersionFile(
                                "**/setup.py",
                                List.of(new Place(PlaceKind.REGEX, "version=\"([^\"]+)\"", "${version}")),
                                true));
        assertThat(config.images())
                .containsExactly(
                        new ImageSource.Files("darwin-compute", "compute/dist", "/"),
                        new ImageSource.Dockerfile("darwin-mlflow", "mlflow/Dockerfile", "mlflow"),
                        new ImageSource.Command(
                                "ml-serve-app", "./setup.sh -y --clean", "localhost:5000/ml-serve-app:latest"));
        assertThat(config.charts()).containsExactly("helm/darwin");
        assertThat(config.source()).containsExactly(SourceFormat.TAR_GZ, SourceFormat.ZIP);
        assertThat(config.registry().release()).isEqualTo("127.0.0.1:5000/darwin");
        assertThat(config.vote().voters()).containsExactly("alice", "bob", "carol");
        assertThat(config.vote().checklist()).containsExactly("installation", "core workflows", "artifacts", "upgrade");
    }

    @Test
    void readsTheExampleProject() throws Exception {
        byte[] yaml = Files.readAllBytes(Path.of("examples/darwin/darwin-release.yaml"));
        assertThat(ConfigReader.read("darwin-release.yaml", yaml, "x").images()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "# nothing\n", "---\n", "{}\n", "\r\n"})
    void anEmptyFileIsAllDefaults(String yaml) {
        ReleaseConfig config = read(yaml);
        assertThat(config).isEqualTo(ConfigReader.defaults("darwin"));
        assertThat(config.trunk()).isEqualTo("main");
        assertThat(config.vote().quorum()).isEqualTo(3);
        assertThat(config.vote().hours()).isEqualTo(48);
        assertThat(config.registry().release()).isEqualTo("127.0.0.1:5000/darwin");
        assertThat(config.versionFiles()).allMatch(VersionFile::optional);
    }

    @Test
    void theRepositorysNameBecomesANameForFilesAndRegistries() {
        assertThat(ConfigReader.defaults("My Repo.git").project()).isEqualTo("my-repo-git");
        assertThat(ConfigReader.defaults("ü").project()).isEqualTo("release");
    }

    @Test
    void whatABuildIsTold() {
        ReleaseConfig config = read("""
                images:
                  - name: app
                    dockerfile: Dockerfile
                    target: final
                    args: { GO: "1.22", TAG: "v${version}" }
                    platforms: [linux/amd64, linux/arm64/v8]
                    secrets: [NPM_TOKEN, { id: netrc, env: NETRC_TEXT }]
                    env: [GOPROXY]
                    cache: 127.0.0.1:5000/cache/app
                  - { name: b, command: make, produces: "localhost:5000/b:${version}-${commit}", env: [CI], foreignLabels: true }
                """);
        BuildOptions app = config.images().get(0).options();
        assertThat(app.stage()).contains("final");
        assertThat(app.args()).containsEntry("GO", "1.22").containsEntry("TAG", "v${version}");
        assertThat(app.platforms()).containsExactly("linux/amd64", "linux/arm64/v8");
        assertThat(app.secrets())
                .containsExactly(
                        new BuildOptions.Secret("NPM_TOKEN", "NPM_TOKEN"),
                        new BuildOptions.Secret("netrc", "NETRC_TEXT"));
        assertThat(app.cache()).contains("127.0.0.1:5000/cache/app");
        assertThat(app.variables()).containsExactly("GOPROXY", "NETRC_TEXT", "NPM_TOKEN");
        assertThat(config.images().get(1).options().foreignLabels()).isTrue();
        assertThat(app.withheld()).isEmpty();

        // A branch may ask for what trunk gives to a build, whatever that image is called there, and for no more.
        ReleaseConfig trunk = read("images: [{name: old, dockerfile: Dockerfile, env: [GOPROXY, NPM_TOKEN]}]");
        ReleaseConfig counts = config.under(trunk);
        assertThat(counts.images().get(0).options().withheld()).containsExactly("NETRC_TEXT");
        assertThat(counts.images().get(1).options().withheld()).containsExactly("CI");
    }

    @Test
    void otherFormsOfAPlaceAndAnImage() {
        ReleaseConfig config = read("""
                versionFiles:
                  - files: package.json
                    json: version
                    regex: { pattern: 'v(\\d+)', value: "x-${version}", optional: true }
                images:
                  - { name: org/app, dockerfile: Dockerfile }
                  - { name: b, dockerfile: b/c/Dockerfile }
                  - { name: c, dockerfile: c/Dockerfile, context: . }
                  - { name: d, files: ./, target: /opt/d }
                """);
        assertThat(config.versionFiles().get(0).places())
                .containsExactly(
                        new Place(PlaceKind.JSON, "version", "${version}"),
                        new Place(PlaceKind.REGEX, "v(\\d+)", "x-${version}", true));
        assertThat(config.images())
                .containsExactly(
                        new ImageSource.Dockerfile("org/app", "Dockerfile", "."),
                        new ImageSource.Dockerfile("b", "b/c/Dockerfile", "b/c"),
                        new ImageSource.Dockerfile("c", "c/Dockerfile", "."),
                        new ImageSource.Files("d", ".", "/opt/d"));
    }

    @Test
    void allProblemsComeAtOnceInTheFilesOrder() {
        refuses(
                """
                projekt: darwin
                trunk: 1.0
                vote:
                  quorun: 3
                  hours: many
                source: [tar.gz, rar]
                """,
                "darwin-release.yaml:1:1: unknown key 'projekt'; expected one of project, trunk, git, tag, branch, versionFiles, leave, afterBump, images, "
                        + "charts, source, registry, signing, merge, semver, latest, maintainers, calendar, support, policy, vote; nearest is 'project'.",
                "darwin-release.yaml:2:8: trunk: expected text, found the number 1.0; put it in quotes.",
                "darwin-release.yaml:4:3: vote: unknown key 'quorun'; expected one of quorum, hours, minHours, closeEarly, "
                        + "graceMinutes, voters, advisers, voterKeys, require, checklist; nearest is 'quorum'.",
                "darwin-release.yaml:5:10: vote.hours: expected a whole number, found 'many'.",
                "darwin-release.yaml:6:18: source[1]: expected one of tar.gz, zip, found 'rar'.");
    }

    @Test
    void duplicateKeysAreNamedWithBothLines() {
        refuses(
                "trunk: main\nvote:\n  hours: 1\n  hours: 2\ntrunk: other\n",
                "darwin-release.yaml:4:3: key 'hours' is here and already on line 3; remove one of them.",
                "darwin-release.yaml:5:1: key 'trunk' is here and already on line 1; remove one of them.");
    }

    @Test
    void columnsCountCodePoints() {
        refuses(
                "vote: { checklist: [\"\uD83D\uDE00 ü\"], x: 1 }\r\n\r\nb: 1\r\n",
                "darwin-release.yaml:1:29: vote: unknown key 'x'; expected one of quorum, hours, minHours, closeEarly, graceMinutes, voters, advisers, voterKeys, require, checklist.",
                "darwin-release.yaml:3:1: unknown key 'b'; expected one of project, trunk, git, tag, branch, versionFiles, leave, afterBump, images, "
                        + "charts, source, registry, signing, merge, semver, latest, maintainers, calendar, support, policy, vote; nearest is 'branch'.");
    }

    @Test
    void whatIsNotOneMappingIsRefused() {
        refuses(
                "- a\n",
                "darwin-release.yaml:1:1: expected a mapping of keys such as 'project: darwin', found a list.");
        refuses(
                "darwin\n",
                "darwin-release.yaml:1:1: expected a mapping of keys such as 'project: darwin', found a single value.");
        refuses("trunk: a\n---\ntrunk: b\n", "darwin-release.yaml:3:1: a second YAML document; expected one.");
        refuses("vote:\n\tquorum: 3\n", "darwin-release.yaml:2:1: a tab; YAML is indented with spaces only.");
        refuses("trunk:\n", "darwin-release.yaml:1:7: trunk: expected text, found nothing.");
    }

    @Test
    void bytesThatAreNoTextAndFilesWithoutEndAreRefused() {
        assertThatThrownBy(() -> ConfigReader.read("f", new byte[] {'a', '\n', (byte) 0xff}, "x"))
                .hasMessageStartingWith("f:2: not UTF-8")
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE));
        assertThatThrownBy(() -> ConfigReader.read("f", new byte[(1 << 20) + 1], "x"))
                .hasMessage("f: 1048577 bytes; expected at most 1048576.");
    }

    @Test
    void aLongValueIsRefusedBeforeAnyExpressionSeesIt() {
        refuses(
                "project: " + "a-".repeat(100_000) + "a\n",
                "darwin-release.yaml:1:10: 200001 characters in one value; expected at most 4000.");
    }

    @Test
    void aliasesAreFollowedUntilTheyMultiply() {
        assertThat(read("vote:\n  voters: &all [a, b, c]\n  checklist: *all\n")
                        .vote()
                        .checklist())
                .containsExactly("a", "b", "c");
        StringBuilder wide = new StringBuilder("vote: &a0 [x]\n");
        StringBuilder deep = new StringBuilder("vote: &a0 [x]\n");
        for (int i = 1; i < 60; i++) {
            wide.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        for (int i = 1; i < 20_000; i++) {
            deep.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }
        for (StringBuilder bomb : List.of(wide, deep)) {
            assertThatThrownBy(() -> read(bomb.toString()))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("aliases must not multiply");
        }
        assertThatThrownBy(() -> read("charts: &x [*x]")).hasMessageContaining("*x refers to what it is part of");
    }
}
