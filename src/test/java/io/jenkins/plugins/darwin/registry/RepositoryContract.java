package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.SampleImage;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of registry must do. Each subclass opens one kind. */
abstract class RepositoryContract {
    static final Progress.Task NOBODY = Progress.silent().start("", -1, Progress.Unit.BYTES);
    final AtomicInteger changes = new AtomicInteger();

    @BeforeEach
    void countAnew() {
        changes.set(0);
    }

    /** Opens the registry anew, as another process would. */
    abstract Registry open(RegistryOptions options);

    /** The manifest's bytes as skopeo reads them from "name:tag" of the opened location. */
    abstract String skopeoRaw(String nameAndTag);

    final Registry open() {
        return open(RegistryOptions.defaults().withListener((method, path) -> {
            if (RequestListener.mutating(method)) {
                changes.incrementAndGet();
            }
        }));
    }

    final Repository repository(String name) {
        return open().repository(name);
    }

    @Test
    void answersAndKnowsNothingYet() {
        open().ping();
        Repository empty = repository("not/there");
        Digest digest = Digest.sha256(new byte[] {1});
        assertThat(empty.resolve("1.0.0")).isEmpty();
        assertThat(empty.manifest("1.0.0")).isEmpty();
        assertThat(empty.manifest(digest.toString())).isEmpty();
        assertThat(empty.hasBlob(digest)).isFalse();
        assertThat(empty.tags()).isEmpty();
        assertThat(empty.referrers(digest)).isEmpty();
        assertThat(changes).hasValue(0);
    }

    @Test
    void saysThatItTakesAPushAndKeepsNothingOfTheQuestion() throws Exception {
        repository("asked/only").requirePush();
        assertThat(repository("asked/only").tags()).isEmpty();
        try (var all = Files.walk(storage())) {
            // docker-registry 2 writes down a hash of nothing when an upload has ended; all else is gone.
            assertThat(all.filter(Files::isRegularFile).map(Path::toString).filter(file -> file.contains("asked/only")))
                    .noneMatch(file -> !file.contains("/hashstates/"));
        }
    }

    /** Folder of the registry's own files. */
    abstract Path storage();

    @Test
    void givesBackWhatItWasGivenAndSkopeoReadsIt() throws Exception {
        Repository pushed = repository("darwin-compute");
        Manifest manifest = SampleImage.push(pushed, 1, 300_000);
        pushed.tag(manifest, "1.3.0-RC1");

        Repository read = repository("darwin-compute");
        assertThat(read.resolve("1.3.0-RC1"))
                .contains(Descriptor.of(MediaTypes.IMAGE_MANIFEST, manifest.digest(), manifest.raw().length));
        assertThat(read.manifest("1.3.0-RC1")).contains(manifest);
        assertThat(read.manifest(manifest.digest().toString())).contains(manifest);
        assertThat(read.tags()).containsExactly("1.3.0-RC1");
        Descriptor layer = manifest.view().layers().get(0);
        assertThat(read.hasBlob(layer.digest())).isTrue();
        try (InputStream mine = SampleImage.noise(1, 300_000).open();
                InputStream theirs = read.blob(layer.digest(), layer.size())) {
            assertThat(theirs).hasSameContentAs(mine);
        }
        assertThat(skopeoRaw("darwin-compute:1.3.0-RC1")).isEqualTo(new String(manifest.raw(), StandardCharsets.UTF_8));
    }

    @Test
    void doesNothingTwice() throws Exception {
        Manifest manifest = SampleImage.push(repository("twice"), 2, 1000);
        Manifest record =
                SampleImage.attach(repository("twice"), manifest.descriptor(), "application/vnd.test.vote", "yes");
        assertThat(changes.getAndSet(0)).isPositive();

        SampleImage.push(repository("twice"), 2, 1000);
        assertThat(SampleImage.attach(repository("twice"), manifest.descriptor(), "application/vnd.test.vote", "yes"))
                .isEqualTo(record);
        assertThat(changes).hasValue(0);
    }

    @Test
    void reportsEachByteOnce() throws Exception {
        List<Long> advances = new ArrayList<>();
        Progress.Task task = new Progress.Task() {
            @Override
            public synchronized void advance(long amount) {
                advances.add(amount);
            }

            @Override
            public void close() {
                throw new AssertionError("not ours to close");
            }
        };
        Descriptor blob = SampleImage.describe("x/y", SampleImage.noise(3, 200_001));
        for (int time = 1; time <= 2; time++) {
            repository("progress").pushBlob(blob.digest(), blob.size(), SampleImage.noise(3, 200_001), task);
            assertThat(advances.stream().mapToLong(Long::longValue).sum()).isEqualTo(time * 200_001L);
        }
    }

    @Test
    void takesAnEmptyBlob() throws Exception {
        Descriptor empty = SampleImage.push(repository("empty"), "x/y", BlobSource.of(new byte[0]));
        assertThat(repository("empty").blob(empty.digest(), 0).readAllBytes()).isEmpty();
    }

    @Test
    void refusesBytesOfAnotherDigestOrSize() throws Exception {
        Repository repository = repository("wrong");
        Digest claimed = Digest.sha256("claimed".getBytes(StandardCharsets.UTF_8));
        BlobSource other = BlobSource.of("another".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> repository.pushBlob(claimed, 7, other, NOBODY))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith(
                        "Tried to push blob " + claimed + " to " + repository.reference() + " but failed because: ");
        assertThat(repository.hasBlob(claimed)).isFalse();
        assertThatThrownBy(() -> repository.pushBlob(
                        claimed, 9, BlobSource.of("claimed".getBytes(StandardCharsets.UTF_8)), NOBODY))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("7 of 9 bytes");

        Descriptor blob = SampleImage.push(repository, "x/y", SampleImage.noise(4, 1000));
        assertThatThrownBy(() -> repository.blob(blob.digest(), 999).readAllBytes())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("more than the expected 999 bytes");
        assertThatThrownBy(() -> repository.blob(blob.digest(), 1001).readAllBytes())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("ended after 1000 of 1001 bytes");
        assertThatThrownBy(() -> repository.blob(claimed, 7).readAllBytes())
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("Tried to read blob " + claimed);
    }

    @Test
    void mountsWithoutMovingBytes() throws Exception {
        Repository from = repository("from");
        Descriptor blob = SampleImage.push(from, "x/y", SampleImage.noise(5, 100_000));
        Repository to = repository("to");
        to.tags(); // a server's first request may be answered with 401
        changes.set(0);
        assertThat(to.mount(blob.digest(), from)).isTrue();
        assertThat(changes).hasValue(1);
        assertThat(repository("to").blob(blob.digest(), blob.size()).readAllBytes())
                .hasSize(100_000);
        assertThat(repository("to").mount(Digest.sha256(new byte[] {9}), from)).isFalse();
    }

    @Test
    void movesATagAndOnlyThat() throws Exception {
        Repository repository = repository("moving");
        Manifest first = SampleImage.push(repository, 6, 10);
        Manifest second = SampleImage.push(repository, 7, 10);
        repository.tag(first, "latest");
        repository.tag(first, "1.0.0");
        repository.tag(second, "latest");
        assertThat(repository.manifest("latest")).contains(second);
        assertThat(repository.manifest("1.0.0")).contains(first);
        assertThat(repository.tags()).containsExactlyInAnyOrder("latest", "1.0.0");
        assertThat(repository.manifest(first.digest().toString())).contains(first);
    }

    @Test
    void findsReferrers() throws Exception {
        Repository repository = repository("referred");
        Manifest subject = SampleImage.push(repository, 8, 10);
        Manifest other = SampleImage.push(repository, 9, 10);
        Manifest vote = SampleImage.attach(repository, subject.descriptor(), "application/vnd.test.vote", "vote");
        Manifest signature =
                SampleImage.attach(repository, subject.descriptor(), "application/vnd.test.signature", "signature");
        SampleImage.attach(repository, other.descriptor(), "application/vnd.test.vote", "elsewhere");
        assertThat(repository("referred").referrers(subject.digest()))
                .extracting(Descriptor::digest, d -> d.artifactType().orElseThrow())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(vote.digest(), "application/vnd.test.vote"),
                        org.assertj.core.groups.Tuple.tuple(signature.digest(), "application/vnd.test.signature"));
        // The fallback that other clients read.
        ManifestView list = repository
                .manifest("sha256-" + subject.digest().hex())
                .orElseThrow()
                .view();
        assertThat(list.manifests()).extracting(Descriptor::digest).containsExactly(vote.digest(), signature.digest());
    }

    @Test
    void keepsEveryReferrerOfManyWriters() throws Exception {
        Manifest subject = SampleImage.push(repository("crowd"), 10, 10);
        ExecutorService writers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Digest>> work = new ArrayList<>();
            for (int writer = 0; writer < 6; writer++) {
                String content = "vote " + writer;
                work.add(() -> SampleImage.attach(
                                repository("crowd"), subject.descriptor(), "application/vnd.test.vote", content)
                        .digest());
            }
            List<Digest> attached = new ArrayList<>();
            for (Future<Digest> each : writers.invokeAll(work)) {
                attached.add(each.get());
            }
            assertThat(repository("crowd").referrers(subject.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactlyInAnyOrderElementsOf(attached);
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void copiesAWholeIndexOnce() throws Exception {
        Repository from = repository("multi");
        Manifest index = index(SampleImage.push(from, 11, 50_000), SampleImage.push(from, 13, 50_000));
        from.pushManifest(index);
        Repository to = repository("copied/multi");
        ImageCopier.Copied copied = new ImageCopier(Progress.silent()).copy(from, index.digest(), to);
        assertThat(copied).isEqualTo(new ImageCopier.Copied(0, 0, 6, 3));
        to.tag(index, "1.3.0");
        for (Descriptor child : index.view().manifests()) {
            Manifest manifest = to.manifest(child.digest().toString()).orElseThrow();
            for (Descriptor layer : manifest.view().layers()) {
                to.blob(layer.digest(), layer.size()).transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        changes.set(0);
        assertThat(new ImageCopier(Progress.silent()).copy(from, index.digest(), to))
                .isEqualTo(ImageCopier.Copied.NOTHING);
        assertThat(changes).hasValue(0);
        assertThat(skopeoRaw("copied/multi:1.3.0")).isEqualTo(new String(index.raw(), StandardCharsets.UTF_8));
    }

    static Manifest index(Manifest... children) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.IMAGE_INDEX);
        for (int i = 0; i < children.length; i++) {
            ObjectNode entry =
                    Json.write(Descriptor.of(children[i].mediaType(), children[i].digest(), children[i].raw().length));
            entry.putObject("platform").put("os", "linux").put("architecture", i == 0 ? "amd64" : "arm64");
            json.withArray("/manifests").add(entry);
        }
        return Manifest.of(Json.bytes(json));
    }

    @Test
    void saysWhatIsMissingWhenItCannotCopy() {
        Digest absent = Digest.sha256(new byte[] {7});
        assertThatThrownBy(() -> new ImageCopier(Progress.silent()).copy(repository("a"), absent, repository("b")))
                .isInstanceOf(ReleaseException.class)
                .hasMessageEndingWith(repository("b").reference() + " but failed because: it is not there.");
    }

    @Test
    void refusesNamesThatLeaveTheirPlace() {
        for (String name :
                List.of("../up", "/abs", "a//b", "a/../b", "A", "a b", "", "a/", "a?x=1", "a%2fb", "a".repeat(300))) {
            assertThatThrownBy(() -> repository(name))
                    .as(name)
                    .isInstanceOfSatisfying(
                            ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE));
        }
        for (String tag : List.of("../x", "a/b", "", "-a", "a b", "a:b", "sha256:12", "x".repeat(129))) {
            assertThatThrownBy(() -> repository("a").resolve(tag)).as(tag).isInstanceOf(ReleaseException.class);
        }
    }

    /** A manifest of an artifact has the same bytes whatever the order of its annotations. */
    @Test
    void annotationsSurvive() throws Exception {
        Repository repository = repository("annotated");
        SampleImage.push(repository, MediaTypes.EMPTY, BlobSource.of(ArtifactManifest.emptyBytes()));
        Manifest artifact = ArtifactManifest.ofType("application/vnd.test")
                .annotation("b", "2")
                .annotation("a", "1")
                .build();
        repository.tag(artifact, "x");
        assertThat(repository.manifest("x").orElseThrow().view().annotations()).isEqualTo(Map.of("a", "1", "b", "2"));
    }
}
