package io.jenkins.plugins.darwin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.model.BuildOptions;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryAuth;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import io.jenkins.plugins.darwin.testing.Messages;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Dockerfile's build is told: arguments, stages, platforms, variables; with a real buildah and a real registry. */
class BuildOptionsIT {
    @TempDir
    static Path shared;

    private static RealRegistry registry;

    @TempDir
    Path temp;

    private final Messages messages = new Messages();
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private final Map<String, RegistryAuth> logins = new HashMap<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        registry = RealRegistry.start(shared);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private Candidate.Image build(MemoryTree tree, ImageSource source, String staging) {
        var to = Registries.open(registry.host() + "/" + staging, RegistryOptions.defaults());
        BuildContext context = new BuildContext(
                tree,
                tree.commit(),
                Version.parse("1.3.0"),
                Instant.parse("2025-11-02T01:30:07Z"),
                Optional.empty(),
                to::repository,
                name -> Registries.open(registry.host(), RegistryOptions.defaults())
                        .repository(name.substring(name.indexOf('/') + 1)),
                environment,
                logins,
                temp.resolve("logs"),
                temp.resolve("temp"),
                messages);
        return ImageBuilds.buildAll(List.of(source), context, 2, name -> {}).get(0);
    }

    private JsonNode inspect(String staging, Candidate.Image image, String... more) throws IOException {
        List<String> command =
                new java.util.ArrayList<>(List.of("skopeo", "inspect", "--no-tags", "--tls-verify=false"));
        command.addAll(List.of(more));
        command.add("docker://" + registry.host() + "/" + staging + "/" + image.name() + "@" + image.digest());
        return new ObjectMapper().readTree(Tools.run(temp, command.toArray(String[]::new)));
    }

    private static BuildOptions options(
            Map<String, String> args, String stage, List<String> platforms, List<String> environment) {
        return new BuildOptions(
                args, Optional.ofNullable(stage), platforms, List.of(), environment, Optional.empty(), Set.of(), false);
    }

    @Test
    void argumentsAndAStageReachTheBuild() throws IOException {
        MemoryTree tree =
                new MemoryTree().file("Dockerfile", """
                        FROM scratch AS small
                        ARG FLAVOUR=none
                        ARG TAGGED
                        ARG VERSION
                        LABEL flavour=$FLAVOUR tagged=$TAGGED
                        ENV VERSION=$VERSION
                        COPY a /
                        FROM scratch AS large
                        COPY b /
                        """).file("a", "a").file("b", "b");
        Map<String, String> args = Map.of("FLAVOUR", "sweet; and, sour", "TAGGED", "v${version}-${commit}");
        Candidate.Image image = build(
                tree,
                new ImageSource.Dockerfile("team/app", "Dockerfile", ".", options(args, "small", List.of(), List.of())),
                "args");
        JsonNode seen = inspect("args", image);
        assertThat(seen.at("/Labels/flavour").asText()).isEqualTo("sweet; and, sour");
        assertThat(seen.at("/Labels/tagged").asText())
                .isEqualTo("v1.3.0-" + tree.commit().sha());
        assertThat(seen.path("Env").toString()).contains("VERSION=1.3.0");
        assertThat(temp.resolve("logs/image-team-app.log"))
                .content()
                .contains("COPY a /")
                .doesNotContain("COPY b /");
    }

    @Test
    void severalPlatformsStandUnderOneIndexTheSameEachTime() throws IOException {
        MemoryTree tree = new MemoryTree()
                .file("Dockerfile", "FROM scratch\nARG TARGETARCH\nLABEL arch=$TARGETARCH\nCOPY a /\n")
                .file("a", "a");
        BuildOptions options =
                options(Map.of(), null, List.of("linux/amd64", "linux/arm64", "linux/arm/v7"), List.of());
        ImageSource source = new ImageSource.Dockerfile("app", "Dockerfile", ".", options);
        Candidate.Image image = build(tree, source, "platforms");
        assertThat(image.mediaType()).isEqualTo("application/vnd.oci.image.index.v1+json");
        JsonNode index = inspect("platforms", image, "--raw");
        assertThat(index.path("manifests")).hasSize(3);
        for (String arch : List.of("amd64", "arm64")) {
            JsonNode one = inspect("platforms", image, "--override-arch", arch);
            assertThat(one.path("Architecture").asText()).isEqualTo(arch);
            assertThat(one.at("/Labels/arch").asText()).isEqualTo(arch);
            assertThat(one.at("/Labels/org.opencontainers.image.version").asText())
                    .isEqualTo("1.3.0");
        }
        assertThat(index.at("/manifests/2/platform/variant").asText()).isEqualTo("v7");
        assertThat(messages.lines()).anyMatch(line -> line.startsWith("app linux/arm64 | STEP"));
        assertThat(temp.resolve("logs/image-app-linux-arm64.log")).content().contains("COPY a /");
        assertThat(build(tree, source, "platforms-again")).isEqualTo(image);
    }

    @Test
    void onlyNamedVariablesReachABuildAndAMissingOneIsToldBefore() throws IOException {
        environment.put("NPM_REGISTRY", "https://npm.example.org");
        environment.put("NPM_OTHER", "hush");
        String push = "env; printf '%s' \"$RELEASE_VERSION $RELEASE_COMMIT\" > said; exit 3";
        ImageSource source = new ImageSource.Command(
                "app",
                push,
                registry.host() + "/x:latest",
                options(Map.of(), null, List.of(), List.of("NPM_REGISTRY")));
        MemoryTree tree = new MemoryTree().file("a", "a");
        assertThatExceptionOfType(ReleaseException.class).isThrownBy(() -> build(tree, source, "env"));
        assertThat(temp.resolve("logs/image-app.log"))
                .content()
                .contains(
                        "NPM_REGISTRY=https://npm.example.org",
                        "RELEASE_VERSION=1.3.0",
                        "RELEASE_COMMIT=" + tree.commit())
                .doesNotContain("NPM_OTHER");
        environment.remove("NPM_REGISTRY");
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> build(tree, source, "env"))
                .withMessageContaining("Image app wants the variable NPM_REGISTRY, which has no value here");
    }

    @Test
    void neitherOurSecretsNorWhatTrunkDoesNotNameIsGiven() {
        environment.put("DARWIN_SIGNING_PASSPHRASE", "hush");
        environment.put("TEAM_TOKEN", "hush");
        MemoryTree tree = new MemoryTree().file("Dockerfile", "FROM scratch\n");
        BuildOptions ours = options(Map.of(), null, List.of(), List.of("DARWIN_SIGNING_PASSPHRASE"));
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> build(tree, new ImageSource.Dockerfile("app", "Dockerfile", ".", ours), "no"))
                .withMessageContaining("may hold a secret of the release itself");
        BuildOptions branch = new BuildOptions(
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(new BuildOptions.Secret("t", "TEAM_TOKEN")),
                List.of(),
                Optional.empty(),
                Set.of("TEAM_TOKEN"),
                false);
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> build(tree, new ImageSource.Dockerfile("app", "Dockerfile", ".", branch), "no"))
                .withMessageContaining("trunk's darwin-release.yaml gives to no build");
        assertThat(temp.resolve("logs")).doesNotExist();
    }

    /** An image that can run a command without a base image from the network: a static shell. */
    private static MemoryTree withShell(String dockerfile) throws IOException {
        return new MemoryTree()
                .file("Dockerfile", "FROM scratch\nCOPY busybox /bin/sh\n" + dockerfile)
                .executable("busybox", Files.readAllBytes(Path.of("/bin/busybox")));
    }

    @Test
    void aSecretIsReadInTheBuildAndIsNowhereElse() throws IOException {
        environment.put("TEAM_TOKEN", "hush-hush-secret");
        MemoryTree tree = withShell("RUN --mount=type=secret,id=token"
                + " read -r x < /run/secrets/token; test \"${#x}\" = 16\nRUN test ! -s /run/secrets/token\n");
        BuildOptions options = new BuildOptions(
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(new BuildOptions.Secret("token", "TEAM_TOKEN")),
                List.of(),
                Optional.empty(),
                Set.of(),
                false);
        Candidate.Image image = build(tree, new ImageSource.Dockerfile("app", "Dockerfile", ".", options), "secret");
        assertThat(Tools.run(
                        temp,
                        "sh",
                        "-c",
                        "skopeo copy -q --insecure-policy --src-tls-verify=false docker://" + registry.host()
                                + "/secret/app@" + image.digest()
                                + " dir:out && (cat out/manifest.json; for f in out/*; do gzip -dc $f 2>/dev/null || cat $f; done)"
                                + " | grep -c hush-hush; true"))
                .isEqualToIgnoringNewLines("0");
        assertThat(temp.resolve("logs/image-app.log")).content().doesNotContain("hush-hush");
    }

    @Test
    void layersAreTakenFromTheCacheThatTheBuildBeforeLeft() throws IOException {
        MemoryTree tree = withShell("RUN echo worked-hard > /result\n");
        BuildOptions options = new BuildOptions(
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(registry.host() + "/cache/app"),
                Set.of(),
                false);
        ImageSource source = new ImageSource.Dockerfile("app", "Dockerfile", ".", options);
        build(tree, source, "cached");
        assertThat(messages.lines()).noneMatch(line -> line.contains("sing cache"));
        build(tree, source, "cached-again");
        assertThat(messages.lines()).anyMatch(line -> line.contains("ache pulled") || line.contains("sing cache"));
    }

    @Test
    void aPlatformThatThisMachineDoesNotRunSaysWhatToDo() throws IOException {
        // Not a program of this machine, whatever its processor is.
        MemoryTree tree = new MemoryTree()
                .file("Dockerfile", "FROM scratch\nCOPY busybox /bin/sh\nRUN true\n")
                .executable("busybox", "\u007fELF of another planet");
        BuildOptions options = options(Map.of(), null, List.of("linux/s390x"), List.of());
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> build(tree, new ImageSource.Dockerfile("app", "Dockerfile", ".", options), "s390x"))
                .withMessageContaining("runs no programs of linux/s390x")
                .withMessageContaining("$BUILDPLATFORM");
    }

    /** A base image in the project's own registry, which asks for a password: the release's is there, and the build sees nothing of it. */
    @Test
    void baseImagesComeFromTheProjectsOwnRegistry() throws IOException, InterruptedException {
        try (RealRegistry own = RealRegistry.start(temp.resolve("own"), RealRegistry.Option.HTPASSWD)) {
            MemoryTree base = new MemoryTree().file("Dockerfile", "FROM scratch\nCOPY Dockerfile /base\n");
            Candidate.Image image =
                    build(base, new ImageSource.Dockerfile("base", "Dockerfile", ".", BuildOptions.NONE), "base");
            Tools.run(
                    temp,
                    "skopeo",
                    "copy",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    "--dest-creds=" + RealRegistry.USER + ":" + RealRegistry.PASSWORD,
                    "docker://" + registry.host() + "/base/base@" + image.digest(),
                    "docker://" + own.host() + "/base:1");
            Path insecure = Files.writeString(
                    temp.resolve("registries.conf"),
                    "[[registry]]\nlocation = \"" + own.host() + "\"\ninsecure = true\n");
            environment.put("CONTAINERS_REGISTRIES_CONF", insecure.toString());
            BuildOptions plain = new BuildOptions(
                    Map.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of("CONTAINERS_REGISTRIES_CONF"),
                    Optional.empty(),
                    Set.of(),
                    false);
            MemoryTree tree =
                    new MemoryTree().file("Dockerfile", "FROM " + own.host() + "/base:1\nCOPY Dockerfile /more\n");
            ImageSource source = new ImageSource.Dockerfile("serve", "Dockerfile", ".", plain);
            assertThatExceptionOfType(ReleaseException.class)
                    .isThrownBy(() -> build(tree, source, "refused"))
                    .withMessageContaining("buildah ended with");
            logins.put(own.host(), new RegistryAuth(RealRegistry.USER, RealRegistry.PASSWORD));
            assertThat(inspect("given", build(tree, source, "given")).path("Layers"))
                    .hasSize(2);
            assertThat(messages.lines()).noneMatch(line -> line.contains(RealRegistry.PASSWORD));
            try (Stream<Path> left = Files.walk(temp.resolve("temp"))) {
                assertThat(left.filter(f -> f.endsWith("config.json"))).isEmpty();
            }
        }
    }
}
