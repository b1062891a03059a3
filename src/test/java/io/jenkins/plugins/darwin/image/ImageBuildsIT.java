package io.jenkins.plugins.darwin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.MemoryTree;
import io.jenkins.plugins.darwin.testing.Messages;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real buildah, a real registry, and skopeo as the stranger who looks at what we pushed. */
class ImageBuildsIT {
    private static final Instant TIME = Instant.parse("2025-11-02T01:30:07Z");
    private static final String HELLO = "FROM scratch\nARG VERSION\nENV VERSION=$VERSION\nCOPY bin /bin\n";

    @TempDir
    static Path shared;

    private static RealRegistry registry;

    @TempDir
    Path temp;

    private final Messages messages = new Messages();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        registry = RealRegistry.start(shared);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static MemoryTree tree() {
        return new MemoryTree()
                .file("compute/dist/app.txt", "compute\n")
                .executable("compute/dist/bin/run", "#!/bin/sh\n")
                .link("compute/dist/bin/link", "run")
                .file("hello/Dockerfile", HELLO)
                .file("hello/bin/hello", "hello\n");
    }

    private BuildContext context(MemoryTree tree) {
        return context(tree, "staging", new HashMap<>(System.getenv()));
    }

    private BuildContext context(MemoryTree tree, String staging, Map<String, String> environment) {
        var to = Registries.open(registry.host() + "/" + staging, RegistryOptions.defaults());
        return new BuildContext(
                tree,
                tree.commit(),
                Version.parse("1.3.0"),
                TIME,
                Optional.of("https://example.org/darwin"),
                to::repository,
                name -> {
                    int slash = name.indexOf('/');
                    return Registries.open(name.substring(0, slash), RegistryOptions.defaults())
                            .repository(name.substring(slash + 1));
                },
                environment,
                Map.of(),
                temp.resolve("logs"),
                temp.resolve("temp"),
                messages);
    }

    private JsonNode inspect(Candidate.Image image, String staging, String... more) {
        List<String> command =
                new java.util.ArrayList<>(List.of("skopeo", "inspect", "--no-tags", "--tls-verify=false"));
        command.addAll(List.of(more));
        command.add("docker://" + registry.host() + "/" + staging + "/" + image.name() + "@" + image.digest());
        try {
            return new ObjectMapper().readTree(Tools.run(temp, command.toArray(String[]::new)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void nothingIsLeft() {
        assertThat(temp.resolve("temp")).isEmptyDirectory();
    }

    @Test
    void filesNeedNoToolAndGiveTheSameImageTwice() throws IOException {
        List<ImageSource> sources = List.of(new ImageSource.Files("darwin-compute", "compute/dist", "/opt/app"));
        Map<String, String> noPath = Map.of("PATH", "");
        Candidate.Image image = ImageBuilds.buildAll(sources, context(tree(), "staging", noPath), 2, name -> {})
                .get(0);
        assertThat(ImageBuilds.buildAll(sources, context(tree(), "again", noPath), 2, name -> {}))
                .containsExactly(image);
        assertThat(ImageBuilds.buildAll(
                        sources, context(tree().file("compute/dist/app.txt", "x"), "again", noPath), 2, name -> {}))
                .doesNotContain(image);

        JsonNode seen = inspect(image, "staging");
        assertThat(seen.path("Digest").asText()).isEqualTo(image.digest().toString());
        assertThat(seen.at("/Labels/org.opencontainers.image.version").asText()).isEqualTo("1.3.0");
        assertThat(seen.at("/Labels/org.opencontainers.image.revision").asText())
                .isEqualTo(tree().commit().sha());
        assertThat(seen.at("/Labels/org.opencontainers.image.source").asText()).isEqualTo("https://example.org/darwin");
        assertThat(seen.path("Created").asText()).isEqualTo("2025-11-02T01:30:07Z");
        assertThat(seen.path("Architecture").asText()).isEqualTo("amd64");
        assertThat(inspect(image, "staging", "--config").at("/rootfs/diff_ids")).hasSize(1);

        Path dir = Files.createDirectories(temp.resolve("unpacked"));
        Tools.run(
                temp,
                "skopeo",
                "copy",
                "--insecure-policy",
                "--src-tls-verify=false",
                "docker://" + registry.host() + "/staging/darwin-compute@" + image.digest(),
                "dir:" + dir);
        String layer = seen.at("/Layers/0").asText().substring("sha256:".length());
        Path out = Files.createDirectories(temp.resolve("out"));
        Tools.run(out, "tar", "xzf", dir.resolve(layer).toString());
        assertThat(out.resolve("opt/app/app.txt")).hasContent("compute\n");
        assertThat(Files.isExecutable(out.resolve("opt/app/bin/run"))).isTrue();
        assertThat(out.resolve("opt/app/bin/link")).isSymbolicLink();
        assertThat(Tools.run(temp, "sh", "-c", "gzip -dc " + dir.resolve(layer) + " | sha256sum"))
                .startsWith(inspect(image, "staging", "--config")
                        .at("/rootfs/diff_ids/0")
                        .asText()
                        .substring(7));
        nothingIsLeft();
    }

    @Test
    void aDockerfileGivesTheSameImageTwice() {
        List<ImageSource> sources = List.of(new ImageSource.Dockerfile("darwin-hello", "hello/Dockerfile", "hello"));
        Candidate.Image image =
                ImageBuilds.buildAll(sources, context(tree()), 2, name -> {}).get(0);
        assertThat(ImageBuilds.buildAll(
                        sources, context(tree(), "again", new HashMap<>(System.getenv())), 2, name -> {}))
                .containsExactly(image);

        JsonNode seen = inspect(image, "staging");
        assertThat(seen.path("Digest").asText()).isEqualTo(image.digest().toString());
        assertThat(seen.at("/Labels/org.opencontainers.image.version").asText()).isEqualTo("1.3.0");
        assertThat(seen.path("Env").toString()).contains("VERSION=1.3.0");
        assertThat(messages.lines()).anyMatch(line -> line.startsWith("darwin-hello | STEP"));
        assertThat(temp.resolve("logs/image-darwin-hello.log")).content().contains("COPY bin /bin");
        nothingIsLeft();
    }

    @Test
    void severalAtOnceComeBackInOrder() {
        List<ImageSource> sources = List.of(
                new ImageSource.Dockerfile("a", "hello/Dockerfile", "hello"),
                new ImageSource.Files("b", "compute", "/"),
                new ImageSource.Dockerfile("c", "hello/Dockerfile", "hello"));
        List<Candidate.Image> images = ImageBuilds.buildAll(sources, context(tree()), 3, name -> {});
        assertThat(images).extracting(Candidate.Image::name).containsExactly("a", "b", "c");
        assertThat(images.get(2).digest()).isEqualTo(images.get(0).digest());
    }

    @Test
    void aBuildThatFailsShowsTheEndOfItsLogAndStopsTheRest() {
        String noisy = "for i in $(seq 1 100); do echo line $i; done; echo broken >&2; exit 7";
        List<ImageSource> sources = List.of(
                new ImageSource.Command("slow", "sleep 600", registry.host() + "/slow:latest"),
                new ImageSource.Command("broken", noisy, registry.host() + "/broken:latest"));
        long start = System.nanoTime();
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> ImageBuilds.buildAll(sources, context(tree()), 2, name -> {}))
                .withMessageContaining("Image broken was not built: bash ended with 7")
                .withMessageContaining("line 100")
                .withMessageContaining("broken\n")
                .withMessageContaining(temp.resolve("logs/image-broken.log").toString())
                .satisfies(e -> assertThat(e.getMessage()).contains("line 62\n").doesNotContain("line 61\n"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(temp.resolve("logs/image-broken.log")).content().contains("line 1\n");
        nothingIsLeft();
    }

    @Test
    void aDockerfileThatFailsIsTold() {
        MemoryTree tree = tree().file("hello/Dockerfile", "FROM scratch\nCOPY nothing-there /\n");
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> ImageBuilds.buildAll(
                        List.of(new ImageSource.Dockerfile("darwin-hello", "hello/Dockerfile", "hello")),
                        context(tree),
                        2,
                        name -> {}))
                .withMessageContaining("Image darwin-hello was not built: buildah ended with")
                .withMessageContaining("nothing-there");
        nothingIsLeft();
    }

    @Test
    void oneCommandMakesSeveralImagesAndItsDigestsAreStaged() throws IOException {
        Path layouts = temp.resolve("layouts");
        BuildContext local = context(tree());
        Candidate.Image one = layout(layouts, local, "one", "compute/dist");
        Candidate.Image two = layout(layouts, local, "two", "hello");
        String command = "set -e; echo run >> " + temp.resolve("runs") + "; cat compute/dist/app.txt; "
                + push(layouts, "one") + push(layouts, "two");
        List<ImageSource> sources = List.of(
                new ImageSource.Command("app-one", command, registry.host() + "/made/one:latest"),
                new ImageSource.Command("app-two", command, registry.host() + "/made/two"));

        List<Candidate.Image> images = ImageBuilds.buildAll(sources, context(tree()), 2, name -> {});
        assertThat(images).extracting(Candidate.Image::digest).containsExactly(one.digest(), two.digest());
        assertThat(images).extracting(Candidate.Image::name).containsExactly("app-one", "app-two");
        assertThat(inspect(images.get(1), "staging").path("Digest").asText())
                .isEqualTo(two.digest().toString());
        assertThat(temp.resolve("runs")).hasContent("run\n");
        assertThat(messages.lines()).contains("app-one | compute");

        // Once more: the script pushes the very same, which is no other thing than pushing.
        assertThat(ImageBuilds.buildAll(sources, context(tree()), 2, name -> {}))
                .isEqualTo(images);
        assertThat(temp.resolve("runs")).hasContent("run\nrun\n");
    }

    @Test
    void aCommandThatPushesOnlyOneOfTwoIsRefusedAndTheOldOneKeepsItsName() {
        Path layouts = temp.resolve("layouts");
        Candidate.Image one = layout(layouts, context(tree()), "first", "compute/dist");
        Candidate.Image two = layout(layouts, context(tree()), "second", "hello");
        Tools.run(temp, "sh", "-c", push(layouts, "first") + push(layouts, "second"));
        String command = push(layouts, "first");
        List<ImageSource> sources = List.of(
                new ImageSource.Command("app-one", command, registry.host() + "/made/first:latest"),
                new ImageSource.Command("app-two", command, registry.host() + "/made/second"));
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> ImageBuilds.buildAll(sources, context(tree()), 2, name -> {}))
                .withMessageContaining(
                        "made/second:latest is still " + two.digest().abbreviated())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("made/first:latest is"));
        var made = Registries.open(registry.host() + "/made", RegistryOptions.defaults());
        assertThat(made.repository("second").resolve("latest").orElseThrow().digest())
                .isEqualTo(two.digest());
        assertThat(made.repository("first").resolve("latest").orElseThrow().digest())
                .isEqualTo(one.digest());
    }

    private Candidate.Image layout(Path layouts, BuildContext context, String name, String files) {
        var to = Registries.open("oci-layout:" + layouts, RegistryOptions.defaults());
        BuildContext there = new BuildContext(
                context.tree(),
                context.commit(),
                context.version(),
                context.commitTime(),
                Optional.empty(),
                to::repository,
                context.produced(),
                Map.of(),
                Map.of(),
                context.logs(),
                context.temp(),
                Progress.silent());
        Candidate.Image image = ImageBuilds.buildAll(
                        List.of(new ImageSource.Files(name, files, "/")), there, 1, ready -> {})
                .get(0);
        to.repository(name)
                .tag(to.repository(name).manifest(image.digest().toString()).orElseThrow(), "latest");
        return image;
    }

    private String push(Path layouts, String name) {
        return "skopeo copy --insecure-policy --dest-tls-verify=false oci:" + layouts.resolve(name)
                + ":latest docker://" + registry.host() + "/made/" + name + ":latest; ";
    }

    @Test
    void aCommandThatPushesNothingIsRefused() {
        List<ImageSource> sources =
                List.of(new ImageSource.Command("app", "true", registry.host() + "/never/app:latest"));
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> ImageBuilds.buildAll(sources, context(tree()), 2, name -> {}))
                .withMessageContaining("there is no " + registry.host() + "/never/app:latest");
    }

    @Test
    void childrenSeeNoSecretAndNoTerminal() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("DARWIN_SIGNING_PASSPHRASE", "hush-hush");
        environment.put("GITHUB_TOKEN", "hush-hush");
        environment.put("AWS_SECRET_ACCESS_KEY", "hush-hush");
        List<ImageSource> sources =
                List.of(new ImageSource.Command("env", "env; cat; false", registry.host() + "/x/env:latest"));
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(
                        () -> ImageBuilds.buildAll(sources, context(tree(), "staging", environment), 2, name -> {}));
        assertThat(temp.resolve("logs/image-env.log"))
                .content()
                .contains("PATH=", "SOURCE_DATE_EPOCH=" + TIME.getEpochSecond())
                .doesNotContain("hush", "DARWIN_", "GITHUB_");
    }

    @Test
    void anInterruptEndsTheWholeFamily() throws Exception {
        Path pids = temp.resolve("pids");
        String command = "sleep 600 & echo $! >> " + pids + "; (sleep 600 & echo $! >> " + pids
                + "; wait) & echo $! >> " + pids + "; wait";
        List<ImageSource> sources =
                List.of(new ImageSource.Command("slow", command, registry.host() + "/x/slow:latest"));
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread builder = new Thread(() -> {
            try {
                ImageBuilds.buildAll(sources, context(tree()), 1, name -> {});
                flag.complete(false);
            } catch (ReleaseException e) {
                flag.complete(
                        Thread.currentThread().isInterrupted() && e.getMessage().contains("nterrupted"));
            }
        });
        builder.start();
        List<ProcessHandle> family = family(pids);
        assertThat(family).hasSize(3).allMatch(ProcessHandle::isAlive);
        builder.interrupt();
        assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle each : family) {
            each.onExit().get(10, TimeUnit.SECONDS);
        }
        nothingIsLeft();
    }

    private static List<ProcessHandle> family(Path pids) throws IOException, InterruptedException, ExecutionException {
        for (int tries = 0; tries < 300; tries++) {
            List<String> lines = Files.exists(pids) ? Files.readAllLines(pids) : List.of();
            if (lines.size() == 3) {
                return lines.stream()
                        .map(each -> ProcessHandle.of(Long.parseLong(each)).orElseThrow())
                        .toList();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the command did not start its children");
    }

    @Test
    void whatDockerSavesBecomesTheSameContent() throws IOException {
        Path layouts = temp.resolve("layouts");
        Candidate.Image one = layout(layouts, context(tree()), "one", "compute/dist");
        Path saved = temp.resolve("saved.tar");
        Tools.run(
                temp,
                "skopeo",
                "copy",
                "--insecure-policy",
                "oci:" + layouts.resolve("one") + ":latest",
                "docker-archive:" + saved + ":one:latest");
        var to = Registries.open("oci-layout:" + layouts, RegistryOptions.defaults())
                .repository("saved");
        var digest = new DockerArchive(saved, Files.createDirectories(temp.resolve("w"))).copyTo(to, Progress.silent());
        assertThat(digest).isEqualTo(one.digest()); // config and layers are the same bytes again
    }
}
