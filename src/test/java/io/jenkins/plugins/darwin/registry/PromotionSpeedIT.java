package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.RecordingProxy;
import io.jenkins.plugins.darwin.testing.SampleImage;
import io.jenkins.plugins.darwin.testing.Tools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Giving four images of one registry their public names, beside skopeo in the same run. */
class PromotionSpeedIT {
    private static final int IMAGES = 4;
    private static final int LAYER_BYTES = 8_000_000;

    @Test
    void isFasterThanSkopeoAndMovesNoLayer(@TempDir Path directory, TestReporter reporter) throws Exception {
        try (RealRegistry registry = RealRegistry.start(directory)) {
            Registry staging = Registries.open(registry.host() + "/staging", RegistryOptions.defaults());
            List<Manifest> images = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                images.add(SampleImage.push(staging.repository("image" + i), i, LAYER_BYTES));
                staging.repository("image" + i).tag(images.get(i), "1.3.0-RC1");
            }
            double ours = Double.MAX_VALUE;
            double theirs = Double.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long began = System.nanoTime();
                for (int i = 0; i < IMAGES; i++) {
                    Tools.run(
                            directory,
                            "skopeo",
                            "copy",
                            "--src-tls-verify=false",
                            "--dest-tls-verify=false",
                            "--preserve-digests",
                            "docker://" + registry.host() + "/staging/image" + i + ":1.3.0-RC1",
                            "docker://" + registry.host() + "/theirs" + round + "/image" + i + ":1.3.0");
                }
                theirs = Math.min(theirs, (System.nanoTime() - began) / 1e9);

                Registry release = Registries.open(registry.host() + "/ours" + round, RegistryOptions.defaults());
                began = System.nanoTime();
                List<ImageCopier.Copied> copied = IntStream.range(0, IMAGES)
                        .parallel()
                        .mapToObj(i -> promote(
                                staging.repository("image" + i), images.get(i), release.repository("image" + i)))
                        .toList();
                ours = Math.min(ours, (System.nanoTime() - began) / 1e9);
                assertThat(copied).containsOnly(new ImageCopier.Copied(0, 0, 3, 1));
            }
            reporter.publishEntry(
                    "promote 4 images",
                    "skopeo %.3f s, ours %.3f s, ratio %.1f".formatted(theirs, ours, theirs / ours));
            // The goal is 3, which bin/bench shows; a busy machine must not fail the build.
            assertThat(theirs / ours)
                    .as("skopeo %.3f s, ours %.3f s", theirs, ours)
                    .isGreaterThan(2);
        }
    }

    private static ImageCopier.Copied promote(Repository from, Manifest manifest, Repository to) {
        ImageCopier.Copied copied = new ImageCopier(Progress.silent()).copy(from, manifest, to);
        to.tag(manifest, "1.3.0");
        return copied;
    }

    @Test
    void needsEightRequestsAnImageWhateverItsSize(@TempDir Path directory) throws Exception {
        try (RealRegistry registry = RealRegistry.start(directory);
                RecordingProxy proxy = RecordingProxy.before(registry.uri())) {
            for (int bytes : new int[] {1000, 1_000_000}) {
                Registry opened = Registries.open(proxy.host(), RegistryOptions.defaults());
                Repository from = opened.repository("staging" + bytes);
                Manifest manifest = SampleImage.push(from, bytes, bytes);
                proxy.reset();
                promote(from, manifest, opened.repository("release" + bytes));
                // Look; three mounts; manifest by digest; tag; both read back, since there is no TLS.
                assertThat(proxy.requests()).hasSize(8);
                assertThat(proxy.requests())
                        .noneMatch(request ->
                                request.method().equals("GET") && request.path().contains("/blobs/"));
            }
        }
    }
}
