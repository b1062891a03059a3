package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.TokenServer;
import io.jenkins.plugins.darwin.testing.Tools;
import io.jenkins.plugins.darwin.testing.WireRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Debian's docker-registry, open, with a password file, and behind a token server; skopeo is the stranger. */
class ServerRegistryIT {
    /** One server for all tests of a class; each test has repositories of its own. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Served extends RepositoryContract {
        @TempDir
        static Path directory;

        RealRegistry registry;

        @AfterAll
        void stop() {
            registry.close();
        }

        String host() {
            return registry.host();
        }

        @Override
        Registry open(RegistryOptions options) {
            return Registries.open(host() + "/staging", options);
        }

        String[] credentials() {
            return new String[] {"--no-creds"};
        }

        @Override
        Path storage() {
            return directory;
        }

        @Override
        String skopeoRaw(String nameAndTag) {
            List<String> command =
                    new java.util.ArrayList<>(List.of("skopeo", "inspect", "--raw", "--tls-verify=false"));
            command.addAll(List.of(credentials()));
            command.add("docker://" + registry.host() + "/staging/" + nameAndTag);
            return Tools.run(directory, command.toArray(String[]::new));
        }
    }

    @Nested
    class Open extends Served {
        @BeforeAll
        void start() throws Exception {
            registry = RealRegistry.start(directory.resolve("open"));
        }

        @Test
        void readsWhatSkopeoWrites() throws Exception {
            Path layouts = directory.resolve("layouts");
            Repository layout = Registries.open("oci-layout:" + layouts, RegistryOptions.defaults())
                    .repository("image");
            Manifest manifest = SampleImage.push(layout, 30, 1000);
            layout.tag(manifest, "1.0.0");
            Tools.run(
                    directory,
                    "skopeo",
                    "copy",
                    "--preserve-digests",
                    "--dest-tls-verify=false",
                    "oci:" + layouts + "/image:1.0.0",
                    "docker://" + host() + "/staging/image:1.0.0");
            assertThat(repository("image").manifest("1.0.0")).contains(manifest);
        }

        @Test
        void carriesReferrersFromALayoutToAServerAndBack() throws Exception {
            Registry layouts = Registries.open("oci-layout:" + directory.resolve("carry"), RegistryOptions.defaults());
            Manifest subject = SampleImage.push(layouts.repository("a"), 31, 1000);
            Manifest vote =
                    SampleImage.attach(layouts.repository("a"), subject.descriptor(), "application/vnd.test.vote", "x");
            ImageCopier copier = new ImageCopier(Progress.silent());
            for (Repository to : List.of(repository("carried"), layouts.repository("b"))) {
                for (Manifest each : List.of(subject, vote)) {
                    copier.copy(layouts.repository("a"), each.digest(), to);
                }
                to.attach(vote);
                assertThat(to.referrers(subject.digest()))
                        .extracting(Descriptor::digest)
                        .containsExactly(vote.digest());
            }
        }

        @Test
        void saysThatTagsCannotBeDeleted() throws Exception {
            Manifest manifest = SampleImage.push(repository("kept"), 33, 10);
            repository("kept").tag(manifest, "1.0.0");
            assertThat(repository("kept").deleteTag("1.0.0")).isFalse();
            assertThat(repository("kept").tags()).containsExactly("1.0.0");
        }

        @Test
        void refusesAManifestWhoseBlobsAreMissing() {
            Manifest manifest = ArtifactManifest.ofType("application/vnd.test").build();
            assertThatThrownBy(() -> repository("blobless").tag(manifest, "1.0.0"))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("Tried to push image manifest for " + host()
                            + "/staging/blobless:1.0.0 but failed because: ")
                    .hasMessageContaining("MANIFEST_BLOB_UNKNOWN");
        }

        @Test
        void uploadsInChunks() throws Exception {
            Repository chunked =
                    open(RegistryOptions.defaults().withChunkBytes(100_000)).repository("chunked");
            Descriptor blob = SampleImage.push(chunked, "x/y", SampleImage.noise(34, 1_000_001));
            assertThat(chunked.blob(blob.digest(), blob.size()).readAllBytes()).hasSize(1_000_001);
        }

        @Test
        void saysThatNobodyAnswers() throws Exception {
            int port = RealRegistry.freePort();
            Registry down = Registries.open(
                    "127.0.0.1:" + port + "/x",
                    RegistryOptions.defaults()
                            .withRetry(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1))));
            assertThatThrownBy(down::ping)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessage("Tried to reach the registry 127.0.0.1:" + port
                            + " but failed because: nothing answers at 127.0.0.1:" + port
                            + " (is the registry running?), 2 times.");
        }
    }

    @Nested
    class WithPassword extends Served {
        @BeforeAll
        void start() throws Exception {
            registry = RealRegistry.start(directory.resolve("password"), RealRegistry.Option.HTPASSWD);
        }

        @Override
        Registry open(RegistryOptions options) {
            return super.open(options.withAuth(new RegistryAuth(RealRegistry.USER, RealRegistry.PASSWORD)));
        }

        @Override
        String[] credentials() {
            return new String[] {"--creds", RealRegistry.USER + ":" + RealRegistry.PASSWORD};
        }

        @Test
        void saysWhoIsRefused() {
            Registry wrong =
                    super.open(RegistryOptions.defaults().withAuth(new RegistryAuth("mallory", "wr0ng-secret")));
            assertThatThrownBy(wrong::ping)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("does not accept the password of user 'mallory' (401")
                    .hasMessageNotContaining("wr0ng-secret");
            Registry nobody = super.open(RegistryOptions.defaults());
            assertThatThrownBy(nobody::ping)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("wants credentials and none are known");
        }
    }

    @Nested
    class WithTokens extends Served {
        private TokenServer tokens;

        @BeforeAll
        void start() throws Exception {
            registry = RealRegistry.start(directory.resolve("tokens"));
            tokens = TokenServer.before(registry.uri());
        }

        @AfterAll
        void stopTokens() {
            tokens.close();
        }

        @Override
        String host() {
            return tokens.host();
        }

        @Override
        Registry open(RegistryOptions options) {
            return super.open(options.withAuth(new RegistryAuth(TokenServer.USER, TokenServer.PASSWORD)));
        }

        @Test
        void sendsATokenOnEveryRequestAndFetchesOnePerScope() throws Exception {
            int before = tokens.requests().size();
            Repository repository = repository("counted");
            repository.tag(SampleImage.push(repository, 40, 100), "1.0.0");
            List<WireRequest> requests =
                    tokens.requests().subList(before, tokens.requests().size());
            assertThat(requests)
                    .filteredOn(each -> each.authorization().isEmpty())
                    .hasSize(1); // the very first
            assertThat(requests)
                    .filteredOn(each -> each.path().startsWith("/token"))
                    .hasSize(2); // pull; pull,push
            assertThat(requests)
                    .filteredOn(
                            each -> each.method().equals("PUT") && each.path().contains("/uploads/"))
                    .hasSize(3)
                    .allMatch(each -> each.authorization().orElse("").startsWith("Bearer "));
        }

        @Test
        void renewsATokenThatDiedEarly() throws Exception {
            for (int requests = 0; requests < 12; requests++) {
                tokens.revokeAllAfterRequests(requests);
                Repository repository = repository("revoked" + requests);
                Manifest manifest = SampleImage.push(repository, 41, 50_000);
                assertThat(repository.manifest(manifest.digest().toString())).contains(manifest);
            }
        }

        @Test
        void renewsATokenBeforeItExpires() {
            Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
            Repository repository = open(RegistryOptions.defaults().withClock(new Clock() {
                        @Override
                        public java.time.ZoneId getZone() {
                            return java.time.ZoneOffset.UTC;
                        }

                        @Override
                        public Clock withZone(java.time.ZoneId zone) {
                            return this;
                        }

                        @Override
                        public Instant instant() {
                            return now[0];
                        }
                    }))
                    .repository("aging");
            repository.resolve("a");
            long before = tokenRequests();
            now[0] = now[0].plusSeconds(280);
            repository.resolve("a");
            assertThat(tokenRequests()).isEqualTo(before);
            now[0] = now[0].plusSeconds(15); // 295 of 300 seconds: it might expire on the way
            repository.resolve("a");
            assertThat(tokenRequests()).isEqualTo(before + 1);
        }

        private long tokenRequests() {
            return tokens.requests().stream()
                    .filter(each -> each.path().startsWith("/token"))
                    .count();
        }

        @Test
        void saysThatTheTokenServerRefuses() {
            Registry wrong =
                    super.open(RegistryOptions.defaults().withAuth(new RegistryAuth("mallory", "wr0ng-secret")));
            assertThatThrownBy(wrong::ping)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("token server " + tokens.host()
                            + " refuses the user or password, or what they ask for (401)")
                    .hasMessageNotContaining("wr0ng-secret");
        }
    }

    /** What one of them writes, another one reads half written. */
    @Test
    void severalMayCopyTheSameToOnePlaceAtOnce(@TempDir Path directory) throws Exception {
        int images = 10;
        int copiers = 4;
        ExecutorService pool = Executors.newFixedThreadPool(copiers);
        try (RealRegistry server = RealRegistry.start(directory)) {
            for (int i = 0; i < images; i++) {
                String name = "image" + i;
                Manifest manifest = SampleImage.push(
                        Registries.open(server.host() + "/staging", RegistryOptions.defaults())
                                .repository(name),
                        i,
                        1000);
                CyclicBarrier start = new CyclicBarrier(copiers);
                Callable<Void> copy = () -> {
                    Repository from = Registries.open(server.host() + "/staging", RegistryOptions.defaults())
                            .repository(name);
                    Repository to = Registries.open(server.host() + "/darwin", RegistryOptions.defaults())
                            .repository(name);
                    start.await();
                    new ImageCopier(Progress.silent()).copy(from, manifest.digest(), to);
                    to.tag(manifest, "1.3.0");
                    return null;
                };
                for (Future<Void> each : pool.invokeAll(Collections.nCopies(copiers, copy))) {
                    each.get();
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void saysThatARegistryIsReadOnly(@TempDir Path directory) throws Exception {
        try (RealRegistry registry = RealRegistry.start(directory, RealRegistry.Option.READ_ONLY)) {
            Repository repository =
                    Registries.open(registry.host(), RegistryOptions.defaults()).repository("x");
            assertThatThrownBy(repository::requirePush)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("begin an upload to")
                    .hasMessageContaining("read-only or does not allow this (405");
            assertThatThrownBy(() -> SampleImage.push(repository, "x/y", BlobSource.of(new byte[] {1})))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("read-only or does not allow this (405");
            Manifest manifest = ArtifactManifest.ofType("application/vnd.test").build();
            assertThatThrownBy(() -> repository.tag(manifest, "1.0.0"))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("read-only or does not allow this (405");
        }
    }
}
