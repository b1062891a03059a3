package io.jenkins.plugins.darwin.bench;

import io.jenkins.plugins.darwin.candidate.ContentCopies;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import io.jenkins.plugins.darwin.testing.RealRegistry;
import io.jenkins.plugins.darwin.testing.SampleImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Four staged images get their public names on the same registry: our copier and tagger, as promotion's changes use them,
 * beside {@code skopeo copy} four times. Twice, with small and with large layers: the time must not follow the size, and no
 * byte of a layer may move through us. (Neither side reads the layers again; promotion's proof before its first change does,
 * and is not part of this row.)
 */
public final class PromoteBench {
    private static final int IMAGES = 4;

    private PromoteBench() {}

    public static void main(String[] args) throws Exception {
        Path dir = Files.createDirectories(Path.of(args[0]));
        try (RealRegistry server = RealRegistry.start(
                dir.resolve("registry-" + ProcessHandle.current().pid()))) {
            measure(server, dir, 1, "warm-up", false);
            double small = measure(server, dir, 1, "1 MB layers", true);
            double large = measure(server, dir, 200, "200 MB layers", true);
            System.err.printf("200 MB layers against 1 MB layers: %.2f times the time%n", large / small);
        }
    }

    private static double measure(RealRegistry server, Path dir, int megabytes, String what, boolean print)
            throws Exception {
        Registry staging =
                Registries.open(server.host() + "/staging-" + megabytes + what.hashCode(), RegistryOptions.defaults());
        Registry ours =
                Registries.open(server.host() + "/ours-" + megabytes + what.hashCode(), RegistryOptions.defaults());
        List<Manifest> images = new ArrayList<>();
        StringBuilder peer = new StringBuilder();
        for (int i = 0; i < IMAGES; i++) {
            Manifest image = SampleImage.push(staging.repository("image" + i), i + 1L, megabytes << 20);
            staging.repository("image" + i).tag(image, "1.3.0-RC1");
            images.add(image);
            peer.append("skopeo copy --quiet --src-tls-verify=false --dest-tls-verify=false docker://")
                    .append(staging.location())
                    .append("/image")
                    .append(i)
                    .append(":1.3.0-RC1 docker://")
                    .append(server.host())
                    .append("/peer-")
                    .append(megabytes)
                    .append(what.hashCode())
                    .append("/image")
                    .append(i)
                    .append(":1.3.0\n");
        }
        long start = System.nanoTime();
        Moved moved = new Moved();
        ContentCopies copier = new ContentCopies(new ImageCopier(moved));
        List<ContentCopies.Copy> copies = IntStream.range(0, IMAGES)
                .mapToObj(i -> new ContentCopies.Copy(
                        staging.repository("image" + i), images.get(i).digest(), ours.repository("image" + i)))
                .toList();
        copier.run(copies, nth -> {});
        for (int i = 0; i < IMAGES; i++) {
            ours.repository("image" + i).tag(images.get(i), "1.3.0");
        }
        double seconds = Shell.since(start);
        double peerSeconds = Shell.seconds(dir, peer.toString());
        if (print) {
            new Row(
                            "promote 4 images, " + what,
                            seconds,
                            "skopeo copy x 4",
                            peerSeconds,
                            "layer bytes moved",
                            moved.bytes.get())
                    .print();
        }
        return seconds;
    }

    /** The copier starts a task for each blob that goes through us, and for no other. */
    private static final class Moved implements Progress {
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void message(String line) {
            // nobody reads
        }

        @Override
        public Task start(String label, long total, Unit unit) {
            return new Task() {
                @Override
                public void advance(long amount) {
                    bytes.addAndGet(amount);
                }

                @Override
                public void close() {
                    // nothing to end
                }
            };
        }
    }
}
