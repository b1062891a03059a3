package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bit changes on a connection without TLS: what is stored in the end is what was sent, and nothing stays wrong. */
class FlippedBitsIT {
    private static final RetryPolicy QUICK = new RetryPolicy(4, Duration.ofMillis(5), Duration.ofMillis(50));

    @TempDir
    Path directory;

    private RealRegistry real;
    private RecordingProxy proxy;

    @BeforeEach
    void start() throws Exception {
        real = RealRegistry.start(directory);
        proxy = RecordingProxy.before(real.uri());
    }

    @AfterEach
    void stop() {
        proxy.close();
        real.close();
    }

    private Repository through(String name) {
        return Registries.open(proxy.host(), RegistryOptions.defaults().withRetry(QUICK))
                .repository(name);
    }

    private Repository straight(String name) {
        return Registries.open(real.host(), RegistryOptions.defaults().withRetry(QUICK))
                .repository(name);
    }

    private void first(int count, Predicate<WireRequest> matching, Fault fault) {
        AtomicInteger left = new AtomicInteger(count);
        proxy.rule(request -> matching.test(request) && left.getAndDecrement() > 0 ? fault : Fault.NONE);
    }

    private static Predicate<WireRequest> to(String method, String part) {
        return request -> request.method().equals(method) && request.path().contains(part);
    }

    /** Some flips make no JSON any more, some another digest of a layer, some another manifest as good as ours. */
    @Test
    void aManifestUnderATagIsPutAgainAtOnce() throws Exception {
        Manifest manifest = SampleImage.push(straight("tagged"), 1, 100);
        for (int at = 0; at < manifest.raw().length; at += 7) {
            first(1, to("PUT", "/manifests/1.3." + at), new Fault.FlipUpload(at));
            through("tagged").tag(manifest, "1.3." + at);
            assertThat(straight("tagged").manifest("1.3." + at)).as("at %d", at).contains(manifest);
        }
    }

    @Test
    void aManifestByItsDigestToo() throws Exception {
        Manifest image = SampleImage.push(straight("digest"), 2, 100);
        for (int at = 0; at < 300; at += 11) {
            Manifest manifest = ArtifactManifest.ofConfig(image.view().config().orElseThrow())
                    .annotation("org.example.at", Integer.toString(at))
                    .build();
            first(1, to("PUT", "/manifests/"), new Fault.FlipUpload(at));
            through("digest").pushManifest(manifest);
            assertThat(straight("digest").manifest(manifest.digest().toString()))
                    .contains(manifest);
        }
    }

    @Test
    void aBlobOfAnySizeToo() throws Exception {
        for (int size : new int[] {1, 1000, 5 * 1024 * 1024}) {
            first(1, to("PUT", "/blobs/uploads/"), new Fault.FlipUpload(size / 2));
            Descriptor blob = SampleImage.push(through("blob"), "x/y", SampleImage.noise(size, size));
            assertThat(straight("blob").blob(blob.digest(), blob.size()).readAllBytes())
                    .hasSize(size);
        }
    }

    @Test
    void aChunkedBlobToo() throws Exception {
        Repository chunked = Registries.open(
                        proxy.host(),
                        RegistryOptions.defaults().withRetry(QUICK).withChunkBytes(1000))
                .repository("chunked");
        first(1, to("PATCH", "/blobs/uploads/"), new Fault.FlipUpload(500));
        Descriptor blob = SampleImage.push(chunked, "x/y", SampleImage.noise(3, 3500));
        assertThat(straight("chunked").blob(blob.digest(), blob.size()).readAllBytes())
                .hasSize(3500);
    }

    /** A server that looks at no digest: what it keeps shows only when it is read. */
    @Test
    void aRegistryThatDoesNotHashIsReadAndRefused() throws Exception {
        Manifest manifest = SampleImage.push(straight("deaf"), 5, 100);
        Fault taken = new Fault.Reply(
                201, Map.of("Docker-Content-Digest", manifest.digest().toString()), new byte[0]);
        Fault other = Fault.reply(200, manifest.mediaType(), "{}");
        proxy.rule(request -> to("PUT", "/manifests/").test(request)
                ? taken
                : to("GET", "/manifests/").test(request) ? other : Fault.NONE);
        assertThatThrownBy(() -> through("deaf").tag(manifest, "9.9.9"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("it was expected at " + manifest.digest() + " after the push and is at sha256:");
        byte[] content = "a document".getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(content);
        AtomicInteger puts = new AtomicInteger();
        proxy.rule(request -> {
            if (to("PUT", "/blobs/uploads/").test(request)) {
                puts.incrementAndGet();
                return new Fault.Reply(201, Map.of("Docker-Content-Digest", digest.toString()), new byte[0]);
            }
            return to("GET", "/blobs/" + digest).test(request)
                    ? Fault.reply(200, "application/octet-stream", "A document")
                    : Fault.NONE;
        });
        assertThatThrownBy(() -> SampleImage.push(through("deaf"), "x/y", BlobSource.of(content)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("other bytes");
        assertThat(puts.get()).isEqualTo(QUICK.attempts());
    }

    @Test
    void whatArrivesDamagedIsAskedForOnceMore() throws Exception {
        Manifest manifest = SampleImage.push(straight("read"), 6, 100);
        straight("read").tag(manifest, "1.0.0");
        for (String name : new String[] {"1.0.0", manifest.digest().toString()}) {
            first(1, to("GET", "/manifests/"), new Fault.FlipAnswer(40));
            assertThat(through("read").manifest(name)).contains(manifest);
            first(2, to("GET", "/manifests/"), new Fault.FlipAnswer(40));
            assertThatThrownBy(() -> through("read").manifest(name))
                    .isInstanceOfSatisfying(
                            ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED))
                    .hasMessageContaining("where " + manifest.digest() + " was expected");
        }
    }

    /** Who reads the list of referrers wrongly and writes it again would lose what others attached. */
    @Test
    void noReferrerIsLost() throws IOException {
        Manifest subject = SampleImage.push(straight("list"), 7, 100);
        SampleImage.attach(straight("list"), subject.descriptor(), "application/vnd.test.vote", "one");
        for (int at = 0; at < 300; at += 20) {
            first(1, to("GET", "/manifests/sha256-"), new Fault.FlipAnswer(at));
            SampleImage.attach(through("list"), subject.descriptor(), "application/vnd.test.vote", "more " + at);
        }
        assertThat(straight("list").referrers(subject.digest())).hasSize(16);
    }

    /** A list that can't be read for a moment is not taken for an empty one. */
    @Test
    void noReferrerIsLostWhenReadingIsDenied() throws IOException {
        Manifest subject = SampleImage.push(straight("denied"), 9, 100);
        SampleImage.attach(straight("denied"), subject.descriptor(), "application/vnd.test.vote", "one");
        for (int skip = 0; skip < 8; skip++) {
            int passed = skip;
            AtomicInteger seen = new AtomicInteger();
            proxy.rule(request -> to("GET", "/manifests/sha256-").test(request) && seen.getAndIncrement() == passed
                    ? Fault.reply(403, "application/json", "{\"errors\":[{\"code\":\"DENIED\"}]}")
                    : Fault.NONE);
            for (int tries = 0; tries < 3; tries++) {
                try {
                    SampleImage.attach(
                            through("denied"), subject.descriptor(), "application/vnd.test.vote", "more " + skip);
                } catch (ReleaseException e) {
                    assertThat(e).hasMessageContaining("DENIED");
                }
            }
        }
        assertThat(straight("denied").referrers(subject.digest())).hasSize(9);
    }

    /** Our tags are no referrers tags: only one tag here has the specification's form. */
    @Test
    void whatKeepsAttachmentsLooksLikeNoReferrersTag() throws IOException {
        Manifest subject = SampleImage.push(straight("tags"), 8, 100);
        SampleImage.attach(straight("tags"), subject.descriptor(), "application/vnd.test.vote", "one");
        SampleImage.attach(straight("tags"), subject.descriptor(), "application/vnd.test.vote", "two");
        String hex = subject.digest().hex();
        assertThat(straight("tags").tags())
                .filteredOn(tag -> tag.contains("sha256-"))
                .containsExactly("sha256-" + hex);
        assertThat(straight("tags").tags())
                .filteredOn(tag -> tag.startsWith("kept-" + hex + "."))
                .hasSize(2);
    }
}
