package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Fault;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.Tools;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs larger than the heap, and transfers that are stopped. */
class LargeBlobIT {
    private static final long SIZE = 256L * 1024 * 1024;

    @Test
    void needsLittleMemory(@TempDir Path directory) throws Exception {
        try (RealRegistry registry = RealRegistry.start(directory)) {
            String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            String said = Tools.run(
                    directory,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx32m",
                    "-cp",
                    classes,
                    LargeBlobIT.class.getName(),
                    registry.host() + "/big",
                    "oci-layout:" + directory.resolve("layouts"));
            assertThat(said).contains("moved " + SIZE);
        }
    }

    /** Run in a JVM with a small heap: a server and a layout each take, copy and give back a large blob. */
    public static void main(String[] locations) throws Exception {
        Repository server =
                Registries.open(locations[0], RegistryOptions.defaults()).repository("blob");
        Repository layout =
                Registries.open(locations[1], RegistryOptions.defaults()).repository("blob");
        Descriptor blob = SampleImage.push(server, "x/y", SampleImage.noise(1, SIZE));
        Progress.Task nobody = Progress.silent().start("", -1, Progress.Unit.BYTES);
        layout.pushBlob(blob.digest(), SIZE, () -> server.blob(blob.digest(), SIZE), nobody);
        System.out.println("moved " + layout.blob(blob.digest(), SIZE).transferTo(OutputStream.nullOutputStream()));
    }

    @Test
    void stopsAnUploadWhenInterrupted(@TempDir Path directory) throws Exception {
        try (RealRegistry registry = RealRegistry.start(directory);
                RecordingProxy proxy = RecordingProxy.before(registry.uri())) {
            Repository repository =
                    Registries.open(proxy.host(), RegistryOptions.defaults()).repository("stopped");
            Descriptor blob = SampleImage.describe("x/y", SampleImage.noise(2, 20_000_000));
            proxy.rule(request -> request.method().equals("PUT") ? new Fault.Delay(60_000) : Fault.NONE);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread pushing = new Thread(() -> {
                try {
                    repository.pushBlob(
                            blob.digest(), blob.size(), SampleImage.noise(2, 20_000_000), RepositoryContract.NOBODY);
                } catch (ReleaseException e) {
                    thrown.set(
                            Thread.currentThread().isInterrupted() ? e : new AssertionError("lost its interrupt", e));
                }
            });
            pushing.start();
            Thread.sleep(1000);
            long began = System.nanoTime();
            pushing.interrupt();
            pushing.join(10_000);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
            assertThat(thrown.get())
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("Tried to push blob " + blob.digest())
                    .hasMessageContaining("because: interrupted.");
        }
    }
}
