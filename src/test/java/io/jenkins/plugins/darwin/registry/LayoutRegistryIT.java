package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OCI layouts, with skopeo as the stranger that reads and writes them. */
class LayoutRegistryIT extends RepositoryContract {
    @TempDir
    Path directory;

    @Override
    Registry open(RegistryOptions options) {
        return Registries.open("oci-layout:registry", options.withLayoutBase(directory));
    }

    @Override
    Path storage() {
        return directory;
    }

    @Override
    String skopeoRaw(String nameAndTag) {
        return Tools.run(directory, "skopeo", "inspect", "--raw", "oci:registry/" + nameAndTag);
    }

    @Test
    void readsWhatSkopeoWritesAndSkopeoCopiesWhatWeWrite() throws Exception {
        Repository ours = repository("ours");
        Manifest manifest = SampleImage.push(ours, 20, 1000);
        ours.tag(manifest, "1.0.0");
        Tools.run(
                directory,
                "skopeo",
                "copy",
                "--preserve-digests",
                "oci:registry/ours:1.0.0",
                "oci:registry/theirs:2.0.0");
        Repository theirs = repository("theirs");
        assertThat(theirs.manifest("2.0.0")).contains(manifest);
        assertThat(theirs.tags()).containsExactly("2.0.0");
        SampleImage.attach(theirs, manifest.descriptor(), "application/vnd.test", "x");
        assertThat(theirs.referrers(manifest.digest())).hasSize(1);
        assertThat(skopeoRaw("theirs:2.0.0")).isEqualTo(skopeoRaw("ours:1.0.0"));
    }

    @Test
    void findsReferrersThatOthersListedWithoutTheTag() throws Exception {
        Repository repository = repository("r");
        Manifest subject = SampleImage.push(repository, 21, 10);
        Manifest artifact = SampleImage.attach(repository, subject.descriptor(), "application/vnd.test", "x");
        repository.deleteTag("sha256-" + subject.digest().hex());
        assertThat(repository.referrers(subject.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(artifact.digest());
    }

    @Test
    void sharesBlobsWithinOneRegistryButNotAcross() throws Exception {
        Repository from = repository("from");
        Manifest manifest = SampleImage.push(from, 22, 1000);
        new ImageCopier(Progress.silent()).copy(from, manifest.digest(), repository("to"));
        String blob = "blobs/sha256/" + manifest.view().layers().get(0).digest().hex();
        assertThat(Files.isSameFile(
                        directory.resolve("registry/from/" + blob), directory.resolve("registry/to/" + blob)))
                .isTrue();

        Repository other = Registries.open(
                        "oci-layout:other", RegistryOptions.defaults().withLayoutBase(directory))
                .repository("to");
        assertThat(new ImageCopier(Progress.silent())
                        .copy(from, manifest.digest(), other)
                        .blobsMoved())
                .isEqualTo(3);
        assertThat(Files.isSameFile(directory.resolve("registry/from/" + blob), directory.resolve("other/to/" + blob)))
                .isFalse();
    }

    @Test
    void seesEveryChangedByte() throws Exception {
        Repository repository = repository("tampered");
        Manifest manifest = SampleImage.push(repository, 23, 1000);
        repository.tag(manifest, "1.0.0");
        Descriptor layer = manifest.view().layers().get(0);
        flip(blob("tampered", layer.digest().hex()));
        assertThatThrownBy(() -> repository.blob(layer.digest(), layer.size()).readAllBytes())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("damaged or exchanged");
        flip(blob("tampered", manifest.digest().hex()));
        assertThatThrownBy(() -> repository.manifest("1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Tried to read the manifest of ");
        Files.delete(blob("tampered", manifest.digest().hex()));
        assertThatThrownBy(() -> repository.manifest("1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("not there");
    }

    private Path blob(String name, String hex) {
        return directory.resolve("registry/" + name + "/blobs/sha256/" + hex);
    }

    private static void flip(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void leavesNoTraceOfAFailedPush() throws Exception {
        Repository repository = repository("clean");
        Manifest manifest = SampleImage.push(repository, 24, 10);
        List<String> before = listing();
        assertThatThrownBy(() -> repository.pushBlob(
                        io.jenkins.plugins.darwin.model.Digest.sha256(new byte[] {5}),
                        10,
                        SampleImage.noise(1, 10),
                        NOBODY))
                .isInstanceOf(ReleaseException.class);
        assertThat(listing())
                .isEqualTo(before)
                .noneMatch(name -> name.contains(".tmp"))
                .anyMatch(name -> name.endsWith(manifest.digest().hex()));
    }

    @Test
    void clearsUpAfterAProcessThatWasKilledLongAgo() throws Exception {
        SampleImage.push(repository("killed"), 27, 10);
        Path old = Files.writeString(directory.resolve("registry/killed/.tmp-old"), "x");
        Path young = Files.writeString(directory.resolve("registry/killed/.tmp-young"), "x");
        Files.setLastModifiedTime(
                old,
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().minus(java.time.Duration.ofDays(2))));
        SampleImage.push(repository("killed"), 28, 10);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    private List<String> listing() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void waitsForAnotherProcess() throws Exception {
        Repository repository = repository("locked");
        Manifest manifest = SampleImage.push(repository, 25, 10);
        repository.tag(manifest, "first");
        Process other = new ProcessBuilder(
                        "flock", directory.resolve("registry/locked/.lock").toString(), "true")
                .start();
        assertThat(other.waitFor()).isZero(); // flock(2) is not fcntl: only shows that the file is where we say

        Process holder = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import fcntl,sys,time\nf=open(sys.argv[1],'r+')\nfcntl.lockf(f,fcntl.LOCK_EX)\n"
                                + "print('held',flush=True)\nsys.stdin.read()",
                        directory.resolve("registry/locked/.lock").toString())
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            Thread tagging = new Thread(() -> repository.tag(manifest, "second"));
            tagging.start();
            tagging.join(500);
            assertThat(tagging.isAlive()).isTrue();
            assertThat(repository.tags()).containsExactly("first"); // readers don't wait
            holder.getOutputStream().close();
            tagging.join(10_000);
            assertThat(repository.tags()).containsExactly("first", "second");
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void saysWhyItCannotWrite() throws Exception {
        Files.writeString(directory.resolve("registry"), "a file");
        assertThatThrownBy(() -> open().ping())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is not a directory");
        assertThatThrownBy(() -> SampleImage.push(repository("x"), "x/y", BlobSource.of(new byte[3])))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("in the way");
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        Path full = Path.of("/dev/full");
        assertThat(full).exists();
        try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
            throw new AssertionError("the kernel's full device took a byte");
        } catch (java.io.IOException e) {
            assertThat(LayoutFiles.reason(e)).startsWith("the disk is full");
        }
    }

    @Test
    void refusesAnIndexThatIsNone() throws Exception {
        SampleImage.push(repository("broken"), 26, 10);
        Files.writeString(directory.resolve("registry/broken/index.json"), "<html>");
        assertThatThrownBy(() -> repository("broken").tags())
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("index.json is not a JSON object");
    }

    @Test
    void refusesNamesOfItsOwnFiles() {
        for (String name : List.of("a/blobs", "index.json", "oci-layout/x")) {
            assertThatThrownBy(() -> repository(name))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("no part called");
        }
    }
}
