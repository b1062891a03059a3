package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import java.util.Arrays;

/**
 * The exact bytes of an image, index or artifact manifest; they are never re-serialised, so the digest stays.
 *
 * @param raw not to be changed by anyone
 */
public record Manifest(byte[] raw, String mediaType, Digest digest) {
    /** The most that registries must take (OCI distribution 1.1, "Pushing Manifests"), in bytes. */
    public static final int LIMIT = 4 * 1024 * 1024;

    /** With the sha256 of the bytes; the media type is read from them. */
    public static Manifest of(byte[] raw) {
        return new Manifest(raw, ManifestView.parse(raw).mediaType(), Digest.sha256(raw));
    }

    /** What the bytes say. */
    public ManifestView view() {
        return ManifestView.parse(raw);
    }

    /** Names this manifest, with its artifact type and annotations as an index or referrers list has them. */
    public Descriptor descriptor() {
        ManifestView view = view();
        return new Descriptor(mediaType, digest, raw.length, view.artifactType(), view.annotations());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest that
                && digest.equals(that.digest)
                && mediaType.equals(that.mediaType)
                && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "Manifest[" + mediaType + ", " + digest + "]";
    }
}
