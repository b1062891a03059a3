package io.jenkins.plugins.darwin.git;

import static io.jenkins.plugins.darwin.git.GitOrigin.MANAGER;
import static io.jenkins.plugins.darwin.git.GitOrigin.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Messages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kept copy: made once, shared by processes, and made anew when it is broken. */
class GitCacheIT {
    @TempDir
    Path home;

    private GitOrigin origin;

    @BeforeEach
    void makeCopy() throws IOException {
        origin = GitOrigin.small(home);
        origin.open().close();
    }

    /** Ways to break a copy: what a full disk, a kill or a curious hand leaves. */
    enum Damage {
        NO_HEAD {
            @Override
            void to(Path copy) throws IOException {
                Files.delete(copy.resolve("HEAD"));
            }
        },
        NO_OBJECTS {
            @Override
            void to(Path copy) {
                packs(copy).forEach(MirrorStore::deleteQuietly);
            }
        },
        CUT_PACK {
            @Override
            void to(Path copy) throws IOException {
                for (Path pack : packs(copy).stream()
                        .filter(f -> f.toString().endsWith(".pack"))
                        .toList()) {
                    pack.toFile().setWritable(true);
                    Files.write(pack, java.util.Arrays.copyOf(Files.readAllBytes(pack), 40));
                }
            }
        },
        CUT_REFS {
            @Override
            void to(Path copy) throws IOException {
                if (Files.exists(copy.resolve("packed-refs"))) {
                    String refs = Files.readString(copy.resolve("packed-refs"));
                    Files.writeString(copy.resolve("packed-refs"), refs.substring(0, refs.length() / 2));
                } else {
                    Files.writeString(copy.resolve("refs/heads/main"), "0123456789");
                }
            }
        },
        GARBAGE_CONFIG {
            @Override
            void to(Path copy) throws IOException {
                Files.writeString(copy.resolve("config"), "[core\nbroken");
            }
        },
        HALF_CLONE {
            @Override
            void to(Path copy) throws IOException {
                MirrorStore.deleteQuietly(copy.resolve("refs"));
                MirrorStore.deleteQuietly(copy.resolve("objects"));
                Files.deleteIfExists(copy.resolve("packed-refs"));
            }
        },
        A_FILE {
            @Override
            void to(Path copy) throws IOException {
                MirrorStore.deleteQuietly(copy);
                Files.writeString(copy, "not a folder");
            }
        };

        abstract void to(Path copy) throws IOException;

        private static List<Path> packs(Path copy) {
            try (Stream<Path> files = Files.list(copy.resolve("objects/pack"))) {
                return files.toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aBrokenCopyIsMadeAnew(Damage damage) throws Exception {
        Path copy = origin.copy();
        damage.to(copy);
        Messages messages = new Messages();
        try (GitMirror mirror = GitMirror.open(origin.remote(), origin.cache, messages)) {
            assertThat(mirror.log(Optional.empty(), mirror.requireBranch("main")))
                    .hasSize(2);
            assertThat(mirror.tree(origin.head()).read("README.md")).isPresent();
            assertThat(mirror.tags()).containsOnlyKeys("light", "v1.2.0");
        }
        assertThat(messages.lines())
                .anyMatch(line -> line.contains("is damaged"))
                .anyMatch(line -> line.startsWith("Copying"));
        origin.git(copy, "fsck", "--strict", "--no-dangling");
        try (Stream<Path> files = Files.list(origin.cache)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .hasSize(2)
                    .noneMatch(f -> f.contains(".old-") || f.contains(".new-"));
        }
        Messages quiet = new Messages();
        GitMirror.open(origin.remote(), origin.cache, quiet).close();
        assertThat(quiet.lines()).isEmpty();
    }

    @Test
    void damageThatShowsLaterIsMendedOnTheWay() throws Exception {
        origin.git("repack", "-q", "-a", "-d");
        Messages messages = new Messages();
        try (GitMirror mirror = GitMirror.open(origin.remote(), origin.cache, messages)) {
            Damage.NO_OBJECTS.to(origin.copy());
            assertThat(mirror.tree(origin.head()).read("helm/app/values.yaml")).isPresent();
            assertThat(mirror.tree(origin.head()).list()).hasSize(6);
        }
        // A process that had the pack open may still read it; a fresh one must not trust the copy.
        try (GitMirror mirror = GitMirror.open(origin.remote(), origin.cache, messages)) {
            assertThat(mirror.tree(origin.head()).list()).hasSize(6);
        }
        assertThat(messages.lines()).anyMatch(line -> line.contains("is damaged"));
    }

    @Test
    void aKilledRunsLeftoversDoNotStopTheNext() throws Exception {
        Path copy = origin.copy();
        Files.writeString(copy.resolve("packed-refs.lock"), "");
        Files.createDirectories(copy.resolve("refs/heads"));
        Files.writeString(copy.resolve("refs/heads/main.lock"), "");
        Path half = Files.createDirectories(copy.resolveSibling(copy.getFileName() + ".new-1234/objects"));
        origin.commit("feat: third");
        origin.git("push", "-q", "origin", "main");
        Messages messages = new Messages();
        try (GitMirror mirror = GitMirror.open(origin.remote(), origin.cache, messages)) {
            assertThat(mirror.branch("main")).contains(origin.head());
        }
        assertThat(messages.lines()).isEmpty();
        assertThat(half).doesNotExist();
    }

    @Test
    void anOriginThatIsGoneIsNoReasonToThrowTheCopyAway() throws Exception {
        Path copy = origin.copy();
        Files.move(origin.bare, home.resolve("away"));
        assertThatThrownBy(() -> origin.open())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("No Git repository at");
        assertThat(copy.resolve("HEAD")).exists();
        Files.move(home.resolve("away"), origin.bare);
        Messages messages = new Messages();
        GitMirror.open(origin.remote(), origin.cache, messages).close();
        assertThat(messages.lines()).isEmpty();
    }

    @Test
    void aSecondThreadWaitsAndSaysSo() throws Exception {
        Messages messages = new Messages();
        CompletableFuture<Void> second;
        try (GitMirror first = origin.open()) {
            second = CompletableFuture.runAsync(() ->
                    GitMirror.open(origin.remote(), origin.cache, messages).close());
            assertThatThrownBy(() -> second.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(messages.lines())
                    .containsExactly("Waiting for another run that uses the copy of " + origin.bare + ".");
        }
        second.get(30, TimeUnit.SECONDS);
    }

    @Test
    @Timeout(60)
    void othersUseTheCopyDuringLongWorkThatOnlyReads() throws Exception {
        try (GitMirror first = origin.open()) {
            CommitId head = first.requireBranch("main");
            first.withoutLock(() -> {
                try (GitMirror second = origin.open()) { // would wait for itself under the lock
                    assertThat(second.requireBranch("main")).isEqualTo(head);
                    assertThat(first.info(head).id()).isEqualTo(head);
                }
            });
            Path lock = Path.of(origin.copy().toString().replaceAll("\\.git$", ".lock"));
            assertThatThrownBy(() -> CacheLock.take(lock, "it", Progress.silent(), Duration.ofSeconds(1)))
                    .isInstanceOf(ReleaseException.class);
            assertThat(first.info(head).id()).isEqualTo(head);
        }
    }

    @Test
    void aSecondProcessWaitsAndAKillFreesTheCopy() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        origin.bare.toString(),
                        origin.cache.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("open");
            Path lock = Path.of(origin.copy().toString().replaceAll("\\.git$", ".lock"));
            assertThatThrownBy(() -> CacheLock.take(lock, "it", Progress.silent(), Duration.ofSeconds(1)))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("Another run has held the copy of it for 1 seconds");
            other.destroyForcibly().waitFor();
        }
        try (GitMirror mirror = origin.open()) {
            assertThat(mirror.branch("main")).contains(origin.head());
        }
    }

    /** Another process that opens the copy and keeps it. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            GitMirror.open(GitRemote.of(arguments[0]), Path.of(arguments[1]), Progress.silent());
            System.out.println("open");
            Thread.sleep(60_000);
        }
    }

    @Test
    void threadsShareOneMirror() throws Exception {
        try (GitMirror mirror = origin.open()) {
            List<Integer> sizes = Stream.generate(() -> 1)
                    .limit(200)
                    .parallel()
                    .map(i -> {
                        mirror.commit(
                                origin.head(),
                                Map.of("f" + Math.random(), new byte[] {1}),
                                MANAGER,
                                MANAGER,
                                NOON,
                                "x");
                        return mirror.tree(origin.head()).list().size();
                    })
                    .toList();
            assertThat(sizes).containsOnly(6);
        }
    }
}
