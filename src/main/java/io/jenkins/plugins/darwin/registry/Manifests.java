package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Optional;

/** Proves that bytes from outside are the manifest that was asked for. */
final class Manifests {
    private Manifests() {}

    /**
     * @param expected the digest that was asked for or that the registry says; without one, the sha256 counts
     * @param contentType what the registry calls it, or empty text
     */
    static Manifest check(String action, byte[] raw, Optional<String> expected, String contentType) {
        Digest wanted = expected.map(Digest::parse).orElseGet(() -> Digest.sha256(raw));
        Digest found = digest(wanted.algorithm(), raw);
        // First of all the digest: what has another one is somebody else's bytes, and no parser needs to see them.
        if (!found.equals(wanted)) {
            throw Reasons.damaged(
                    action,
                    "the bytes have digest " + found + " where " + wanted + " was expected"
                            + (contentType.isEmpty() || MediaTypes.MANIFESTS.contains(contentType)
                                    ? ""
                                    : " (they came as " + Json.printable(contentType) + ")"));
        }
        ManifestView view;
        try {
            view = ManifestView.parse(raw);
        } catch (ReleaseException e) {
            throw Reasons.failure(
                    action,
                    e.getMessage() + (contentType.isEmpty() ? "" : " (" + Json.printable(contentType) + ")"),
                    new Reasons.NotAManifest(e));
        }
        if (MediaTypes.MANIFESTS.contains(contentType) && !contentType.equals(view.mediaType())) {
            throw Reasons.failure(
                    action,
                    "the registry calls it " + contentType + " and it calls itself " + view.mediaType(),
                    new Reasons.NotAManifest(null));
        }
        return new Manifest(raw, view.mediaType(), found);
    }

    static Digest digest(String algorithm, byte[] raw) {
        var digest = Digest.messageDigest(algorithm);
        digest.update(raw);
        return Digest.of(algorithm, digest);
    }
}
