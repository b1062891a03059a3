package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Fault;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.WireRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry behind a proxy that drops, delays, lies and counts. */
class FaultsIT {
    private static final RetryPolicy QUICK = new RetryPolicy(4, Duration.ofMillis(5), Duration.ofMillis(200));
    private static final String REASON = " but failed because: ";

    @TempDir
    static Path directory;

    private static RealRegistry real;
    private RecordingProxy proxy;

    @BeforeAll
    static void start() throws Exception {
        real = RealRegistry.start(directory);
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    @BeforeEach
    void open() throws IOException {
        proxy = RecordingProxy.before(real.uri());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private Repository repository(String name) {
        return repository(name, RegistryOptions.defaults().withRetry(QUICK));
    }

    private Repository repository(String name, RegistryOptions options) {
        return Registries.open(proxy.host(), options).repository(name);
    }

    /** The fault for the first requests that match, then none. */
    private void first(int count, Predicate<WireRequest> matching, Fault fault) {
        AtomicInteger left = new AtomicInteger(count);
        proxy.reset();
        proxy.rule(request -> matching.test(request) && left.getAndDecrement() > 0 ? fault : Fault.NONE);
    }

    private void always(Predicate<WireRequest> matching, Fault fault) {
        first(Integer.MAX_VALUE, matching, fault);
    }

    private static Predicate<WireRequest> method(String method) {
        return request -> request.method().equals(method);
    }

    @Test
    void triesAgainWhateverDropsAndHowever() throws Exception {
        List<Fault> faults = List.of(
                new Fault.CutBefore(),
                new Fault.CutAfter(),
                Fault.reply(503, "text/html", "<html>busy"),
                Fault.reply(500, "application/json", "{}"),
                Fault.reply(429, "application/json", "{}"));
        for (Fault fault : faults) {
            for (int n = 1; n <= 7; n++) { // three blobs of POST and PUT, one manifest
                String name = "again" + faults.indexOf(fault) + "/" + n;
                proxy.failMutation(n, fault);
                Manifest manifest = SampleImage.push(repository(name), n, 20_000);
                assertThat(proxy.mutations()).as("%s at %d", fault, n).isGreaterThan(7);
                proxy.heal();
                assertThat(repository(name).manifest(manifest.digest().toString()))
                        .contains(manifest);
            }
        }
    }

    private static Fault refused(String code) {
        return Fault.reply(
                400, "application/json", "{\"errors\": [{\"code\": \"" + code + "\", \"message\": \"said no\"}]}");
    }

    @Test
    void aBlobThatIsUnknownForAMomentIsNoEnd() throws Exception {
        Repository repository = repository("moment");
        Manifest manifest = SampleImage.push(repository, 1, 100);
        first(2, method("PUT"), refused("MANIFEST_BLOB_UNKNOWN"));
        repository.tag(manifest, "1.3.0");
        assertThat(proxy.mutations()).isEqualTo(3);
        assertThat(repository.resolve("1.3.0").orElseThrow().digest()).isEqualTo(manifest.digest());

        always(method("PUT"), refused("MANIFEST_BLOB_UNKNOWN"));
        assertThatThrownBy(() -> repository.tag(manifest, "1.3.1"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("MANIFEST_BLOB_UNKNOWN: said no")
                .hasMessageContaining("4 times");
    }

    @Test
    void aTagThatSomebodyTookMeanwhileIsNotTakenBack() throws Exception {
        Repository repository = repository("taken");
        Manifest manifest = SampleImage.push(repository, 1, 100);
        Manifest other = SampleImage.push(repository, 2, 100);
        repository.tag(other, "1.3.0");
        first(1, method("PUT"), refused("MANIFEST_BLOB_UNKNOWN"));
        assertThatThrownBy(() -> repository.tag(manifest, "1.3.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("the tag is at " + other.digest());
        assertThat(repository.resolve("1.3.0").orElseThrow().digest()).isEqualTo(other.digest());
    }

    @Test
    void whatTheRegistryFindsWrongIsSentAgainNoOftenerThanBitsFlip() throws Exception {
        Repository repository = repository("wrong");
        Manifest manifest = SampleImage.push(repository, 1, 100);
        always(method("PUT"), refused("MANIFEST_INVALID"));
        assertThatThrownBy(() -> repository.tag(manifest, "1.3.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("the registry did not accept it (400, MANIFEST_INVALID: said no)");
        assertThat(proxy.mutations()).isEqualTo(5);
    }

    @Test
    void restartsAnUploadThatDropsInTheMiddle() throws Exception {
        AtomicReference<Long> moved = new AtomicReference<>(0L);
        Progress.Task task = new Progress.Task() {
            @Override
            public synchronized void advance(long amount) {
                moved.updateAndGet(sum -> sum + amount);
            }

            @Override
            public void close() {
                // not called
            }
        };
        Descriptor blob = SampleImage.describe("x/y", SampleImage.noise(50, 5_000_000));
        first(2, method("PUT"), new Fault.CutUpload(2_000_000));
        Repository repository = repository("dropped");
        repository.pushBlob(blob.digest(), blob.size(), SampleImage.noise(50, 5_000_000), task);
        assertThat(moved).hasValue(5_000_000L);
        assertThat(proxy.requests()).filteredOn(method("PUT")).hasSize(3);
        assertThat(repository.blob(blob.digest(), blob.size()).readAllBytes()).hasSize(5_000_000);
    }

    @Test
    void resumesAChunkedUploadWhereTheServerIs() throws Exception {
        Descriptor blob = SampleImage.describe("x/y", SampleImage.noise(51, 1_000_000));
        AtomicInteger patches = new AtomicInteger();
        proxy.rule(request -> request.method().equals("PATCH") && patches.incrementAndGet() == 6
                ? new Fault.CutBefore()
                : Fault.NONE);
        Repository repository = repository(
                "resumed", RegistryOptions.defaults().withRetry(QUICK).withChunkBytes(100_000));
        repository.pushBlob(blob.digest(), blob.size(), SampleImage.noise(51, 1_000_000), RepositoryContract.NOBODY);
        assertThat(proxy.requests()).filteredOn(method("POST")).hasSize(1);
        assertThat(patches).hasValue(11); // ten chunks, one of them twice
        assertThat(repository.blob(blob.digest(), blob.size()).readAllBytes()).hasSize(1_000_000);
    }

    @Test
    void beginsAChunkedUploadAnewWhereTheServerForgot() throws Exception {
        Descriptor blob = SampleImage.describe("x/y", SampleImage.noise(52, 1_000_000));
        AtomicInteger patches = new AtomicInteger();
        proxy.rule(request ->
                request.method().equals("PATCH") && patches.incrementAndGet() == 6 ? new Fault.CutAfter() : Fault.NONE);
        Repository repository = repository(
                "forgotten", RegistryOptions.defaults().withRetry(QUICK).withChunkBytes(100_000));
        repository.pushBlob(blob.digest(), blob.size(), SampleImage.noise(52, 1_000_000), RepositoryContract.NOBODY);
        assertThat(repository.blob(blob.digest(), blob.size()).readAllBytes()).hasSize(1_000_000);
    }

    @Test
    void resumesADownload() throws Exception {
        Repository repository = repository("download");
        Descriptor blob = SampleImage.push(repository, "x/y", SampleImage.noise(53, 3_000_000));
        first(3, method("GET"), new Fault.CutAnswer(500_000));
        assertThat(repository.blob(blob.digest(), blob.size()).readAllBytes()).hasSize(3_000_000);
        assertThat(proxy.requests()).filteredOn(method("GET")).hasSize(4);
        always(method("GET"), new Fault.CutAnswer(100));
        assertThatThrownBy(() -> repository.blob(blob.digest(), blob.size()).readAllBytes())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Tried to read blob " + blob.digest() + " of " + repository.reference() + REASON
                        + "the connection dropped after 400 bytes");
    }

    @Test
    void givesUpWithOneSentence() throws Exception {
        always(
                WireRequest::mutating,
                Fault.reply(
                        503,
                        "application/json",
                        "{\"errors\":[{\"code\":\"UNAVAILABLE\",\"message\":\"maintenance\"}]}"));
        assertThatThrownBy(() -> SampleImage.push(repository("x"), "x/y", BlobSource.of(new byte[] {1})))
                .isInstanceOf(ReleaseException.class)
                .hasMessageEndingWith("to " + proxy.host()
                        + "/x but failed because: the registry failed (503, UNAVAILABLE: maintenance), 4 times.");
        assertThat(proxy.mutations()).isEqualTo(4);
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        first(1, method("GET"), new Fault.Reply(429, Map.of("Retry-After", "1"), new byte[0]));
        long began = System.nanoTime();
        Registries.open(
                        proxy.host(),
                        RegistryOptions.defaults()
                                .withRetry(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofSeconds(5))))
                .ping();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    }

    @Test
    void understandsFailuresOfTheServer() {
        Map<Fault, String> meanings = Map.of(
                Fault.reply(507, "text/plain", "full"),
                "the registry's disk is full (507",
                Fault.reply(
                        500,
                        "application/json",
                        "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"unknown error\",\"detail\":{\"Enclosed\":{\"Err\":28}}}]}"),
                "the registry's disk is full (500, UNKNOWN: unknown error), 4 times",
                Fault.reply(
                        403,
                        "application/json",
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\\u001b[31m way\"}]}"),
                "the registry does not allow this to anonymous access (403, DENIED: no [31m way)",
                Fault.reply(405, "application/json", "{}"),
                "read-only or does not allow this (405)",
                Fault.reply(413, "text/html", "<html>nginx</html>"),
                "larger than the registry or a proxy before it takes (413",
                Fault.reply(302, "text/html", ""),
                "sent us elsewhere in a way that we can't follow (302");
        meanings.forEach((fault, meaning) -> {
            always(method("POST"), fault);
            assertThatThrownBy(() -> SampleImage.push(repository("x"), "x/y", BlobSource.of(new byte[] {2})))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("Tried to push blob ")
                    .hasMessageContaining(REASON + meaning(meaning));
        });
    }

    private static String meaning(String text) {
        return text.startsWith("read-only")
                ? "the registry is " + text
                : text.startsWith("larger") ? "it is " + text : text.startsWith("sent") ? "the registry " + text : text;
    }

    @Test
    void refusesGarbage() throws Exception {
        Manifest manifest = SampleImage.push(repository("garbage"), 60, 10);
        Map<Fault, String> meanings = Map.of(
                Fault.reply(200, "text/html", "<html>It works!</html>"),
                "the manifest is not a JSON object (text/html)",
                Fault.reply(200, "application/json", "[]"),
                "the manifest is not a JSON object",
                Fault.reply(200, MediaTypes.IMAGE_MANIFEST, "{\"schemaVersion\":1}"),
                "expected schemaVersion 2, found 1",
                Fault.reply(200, MediaTypes.IMAGE_MANIFEST, "{\"schemaVersion\":2}"),
                "expected either manifests or config",
                Fault.reply(200, MediaTypes.IMAGE_MANIFEST, "{\"schemaVersion\":2,\"config\":{\"digest\":\"x\"}}"),
                "descriptor without a proper",
                Fault.reply(200, MediaTypes.IMAGE_MANIFEST, "{\"schemaVersion\":2,\"schemaVersion\":2}"),
                "not a JSON object",
                Fault.reply(200, MediaTypes.IMAGE_INDEX, new String(manifest.raw(), StandardCharsets.UTF_8)),
                "the registry calls it " + MediaTypes.IMAGE_INDEX + " and it calls itself " + MediaTypes.IMAGE_MANIFEST,
                Fault.reply(200, MediaTypes.IMAGE_MANIFEST, " ".repeat(Manifest.LIMIT + 1)),
                "the answer has more than 4194304 bytes");
        meanings.forEach((fault, meaning) -> {
            always(method("GET"), fault);
            assertThatThrownBy(() -> repository("garbage").manifest("1.0.0"))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("Tried to read the manifest of " + proxy.host() + "/garbage:1.0.0" + REASON)
                    .hasMessageContaining(meaning);
        });
        always(method("GET"), Fault.reply(200, "text/html", "<html>It works!</html>"));
        assertThatThrownBy(() -> Registries.open(proxy.host(), RegistryOptions.defaults())
                        .ping())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("a web page answers there, not a registry");
        assertThatThrownBy(() -> repository("garbage").tags())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("not a JSON object");
        assertThatThrownBy(() -> repository("garbage").referrers(manifest.digest()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("not a JSON object");
    }

    /** By its digest it is hashed before any parser sees it, and refused: asking again gives the same. */
    @Test
    void refusesOtherBytesThanThoseOfADigestWithoutReadingThem() throws Exception {
        Manifest manifest = SampleImage.push(repository("unread"), 63, 10);
        for (String bytes : List.of(
                "<html>It works!</html>",
                "{\"schemaVersion\":1}",
                "[".repeat(100_000),
                " " + new String(manifest.raw(), StandardCharsets.UTF_8))) {
            for (String type : List.of("text/html", MediaTypes.IMAGE_MANIFEST, MediaTypes.IMAGE_INDEX)) {
                always(method("GET"), Fault.reply(200, type, bytes));
                assertThatThrownBy(() ->
                                repository("unread").manifest(manifest.digest().toString()))
                        .isInstanceOfSatisfying(
                                ReleaseException.class,
                                e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED))
                        .hasMessage("Tried to read the manifest of " + proxy.host() + "/unread@" + manifest.digest()
                                + REASON + "the bytes have digest "
                                + Digest.sha256(bytes.getBytes(StandardCharsets.UTF_8)) + " where " + manifest.digest()
                                + " was expected" + (type.equals("text/html") ? " (they came as text/html)" : "")
                                + ".");
            }
        }
    }

    @Test
    void refusesAWrongDigest() throws Exception {
        Manifest manifest = SampleImage.push(repository("lies"), 61, 10);
        repository("lies").tag(manifest, "1.0.0");
        String wrong = Digest.sha256(new byte[] {1}).toString();
        Fault.Reply lie = new Fault.Reply(
                200, Map.of("Content-Type", manifest.mediaType(), "Docker-Content-Digest", wrong), manifest.raw());
        always(method("GET"), lie);
        assertThatThrownBy(() -> repository("lies").manifest("1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(
                        "the bytes have digest " + manifest.digest() + " where " + wrong + " was expected");
        always(method("PUT"), new Fault.Reply(201, Map.of("Docker-Content-Digest", wrong), new byte[0]));
        assertThatThrownBy(() -> repository("lies").tag(manifest, "1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("Tried to push image manifest for " + proxy.host() + "/lies:1.0.0" + REASON
                        + "the registry stored it as " + wrong);
        // A registry that says nothing is looked at.
        always(method("PUT"), new Fault.Reply(201, Map.of(), new byte[0]));
        assertThatThrownBy(() -> repository("lies").tag(manifest, "2.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("it was expected at " + manifest.digest() + " after the push and is at nothing");
        Descriptor layer = manifest.view().layers().get(0);
        always(method("GET"), new Fault.Reply(200, Map.of(), "tampered!!".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> repository("lies").blob(layer.digest(), 10).readAllBytes())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("it was damaged or exchanged");
    }

    @Test
    void followsPagesButNotInCirclesOrToStrangers() {
        Fault.Reply one = new Fault.Reply(
                200,
                Map.of("Link", "</v2/paged/tags/list?n=2&last=b>; rel=\"next\""),
                "{\"tags\":[\"a\",\"b\"]}".getBytes(StandardCharsets.UTF_8));
        proxy.rule(request ->
                request.path().endsWith("last=b") ? Fault.reply(200, "application/json", "{\"tags\":[\"c\"]}") : one);
        assertThat(repository("paged").tags()).containsExactly("a", "b", "c");
        proxy.rule(request -> one);
        assertThatThrownBy(() -> repository("paged").tags())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("round in a circle");
        proxy.rule(request -> new Fault.Reply(
                200, Map.of("Link", "<http://127.0.0.1:1/v2/x>; rel=\"next\""), "{}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> repository("paged").tags())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("another host");
    }

    @Test
    void usesTheReferrersApiWhereThereIsOne() throws Exception {
        Manifest subject = SampleImage.push(repository("api"), 62, 10);
        Manifest vote =
                SampleImage.attach(repository("apivote"), subject.descriptor(), "application/vnd.test.vote", "x");
        proxy.rule(request -> request.path().contains("/referrers/")
                ? Fault.reply(
                        200,
                        MediaTypes.IMAGE_INDEX,
                        new String(
                                ReferrersTag.with(List.of(), vote.descriptor())
                                        .orElseThrow()
                                        .raw(),
                                StandardCharsets.UTF_8))
                : request.path().contains("/manifests/") && request.method().equals("PUT")
                        ? new Fault.Reply(
                                201,
                                Map.of(
                                        "OCI-Subject",
                                        subject.digest().toString(),
                                        "Docker-Content-Digest",
                                        vote.digest().toString()),
                                new byte[0])
                        : request.path().endsWith("/manifests/" + vote.digest())
                                        && request.method().equals("GET")
                                ? Fault.reply(200, vote.mediaType(), new String(vote.raw(), StandardCharsets.UTF_8))
                                : Fault.NONE);
        proxy.reset();
        SampleImage.push(repository("api"), MediaTypes.EMPTY, BlobSource.of(ArtifactManifest.emptyBytes()));
        repository("api").attach(vote);
        assertThat(repository("api").referrers(subject.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(vote.digest());
        assertThat(proxy.requests()).noneMatch(request -> request.path().contains("sha256-"));
    }

    @Test
    void healsACrashAfterAnyChange() throws Exception {
        RegistryOptions once = RegistryOptions.defaults().withRetry(RetryPolicy.NEVER);
        int crashes = 0;
        for (boolean during : new boolean[] {false, true}) {
            for (int n = during ? 1 : 0; ; n++) {
                String name = "matrix" + during + n;
                if (during) {
                    proxy.crashDuringMutation(n);
                } else {
                    proxy.crashAfterMutation(n);
                }
                try {
                    stage(repository(name, once));
                    break;
                } catch (ReleaseException e) {
                    crashes++;
                }
                proxy.heal();
                Manifest manifest = stage(repository(name, once));
                assertThat(repository(name).manifest("1.0.0")).contains(manifest);
                assertThat(repository(name).referrers(manifest.digest())).hasSize(1);
                proxy.reset();
                stage(repository(name, once));
                assertThat(proxy.mutations()).isZero();
            }
        }
        assertThat(crashes).isGreaterThan(20);
    }

    /** What staging does: an image, its tag, an attached record; a tag that is right already is left alone. */
    private static Manifest stage(Repository repository) throws IOException {
        Manifest manifest = SampleImage.push(repository, 70, 1000);
        if (repository
                .resolve("1.0.0")
                .map(Descriptor::digest)
                .filter(manifest.digest()::equals)
                .isEmpty()) {
            repository.tag(manifest, "1.0.0");
        }
        SampleImage.attach(repository, manifest.descriptor(), "application/vnd.test.vote", "yes");
        return manifest;
    }

    @Test
    void stopsSoonWhenInterruptedOrStalled() throws Exception {
        Repository patient = repository("slow");
        Descriptor blob = SampleImage.push(patient, "x/y", SampleImage.noise(71, 1000));
        always(method("GET"), new Fault.Delay(60_000));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread reading = new Thread(() -> {
            try {
                patient.blob(blob.digest(), blob.size()).readAllBytes();
            } catch (IOException | RuntimeException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("lost its interrupt", e));
            }
        });
        reading.start();
        Thread.sleep(300);
        reading.interrupt();
        reading.join(5000);
        assertThat(thrown.get()).isInstanceOf(ReleaseException.class).hasMessageContaining("interrupted");

        Repository hasty = repository(
                "slow",
                RegistryOptions.defaults().withRetry(RetryPolicy.NEVER).withIdleTimeout(Duration.ofMillis(500)));
        assertThatThrownBy(() -> hasty.manifest("1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("did not answer for 0 seconds");
    }
}
