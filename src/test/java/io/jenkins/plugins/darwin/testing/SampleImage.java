package io.jenkins.plugins.darwin.testing;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.MediaTypes;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Random;

/** Images that are good enough for registries and skopeo: the layers are noise, the same for the same seed. */
public final class SampleImage {
    private static final Progress.Task NOBODY = Progress.silent().start("", -1, Progress.Unit.BYTES);

    private SampleImage() {}

    /** A blob of this many random bytes that is never in memory as a whole. */
    public static BlobSource noise(long seed, long size) {
        return () -> new InputStream() {
            private final Random random = new Random(seed);
            private final byte[] block = new byte[8192];
            private long left = size;
            private int used = block.length;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                if (used == block.length) {
                    random.nextBytes(block);
                    used = 0;
                }
                int count = (int) Math.min(Math.min(length, left), block.length - used);
                System.arraycopy(block, used, target, offset, count);
                used += count;
                left -= count;
                return count;
            }
        };
    }

    /** The descriptor of a blob, by reading it once. */
    public static Descriptor describe(String mediaType, BlobSource source) throws IOException {
        MessageDigest digest = Digest.messageDigest("sha256");
        long size = 0;
        try (InputStream in = source.open()) {
            byte[] buffer = new byte[65536];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
                size += count;
            }
        }
        return Descriptor.of(mediaType, Digest.of("sha256", digest), size);
    }

    /** Pushes an image of two layers by digest, without a tag. @param layerBytes the size of each layer */
    public static Manifest push(Repository repository, long seed, int layerBytes) throws IOException {
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"seed\":\"" + seed
                        + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + Digest.sha256(new byte[] {1})
                        + "\",\""
                        + Digest.sha256(new byte[] {2}) + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        Descriptor configured = push(repository, MediaTypes.IMAGE_CONFIG, BlobSource.of(config));
        Manifest manifest = ArtifactManifest.ofConfig(configured)
                .layer(push(repository, MediaTypes.IMAGE_LAYER_GZIP, noise(seed, layerBytes)))
                .layer(push(repository, MediaTypes.IMAGE_LAYER_GZIP, noise(seed + 1000, layerBytes)))
                .build();
        repository.pushManifest(manifest);
        return manifest;
    }

    /** Pushes one blob. */
    public static Descriptor push(Repository repository, String mediaType, BlobSource source) throws IOException {
        Descriptor blob = describe(mediaType, source);
        repository.pushBlob(blob.digest(), blob.size(), source, NOBODY);
        return blob;
    }

    /** Pushes and attaches an artifact with one small layer. @return its manifest */
    public static Manifest attach(Repository repository, Descriptor subject, String type, String content)
            throws IOException {
        push(repository, MediaTypes.EMPTY, BlobSource.of(ArtifactManifest.emptyBytes()));
        Descriptor layer = push(repository, "text/plain", BlobSource.of(content.getBytes(StandardCharsets.UTF_8)));
        Manifest manifest =
                ArtifactManifest.ofType(type).layer(layer).subject(subject).build();
        repository.attach(manifest);
        return manifest;
    }
}
