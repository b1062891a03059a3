package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.nio.charset.StandardCharsets;

/** Documents that refer to a candidate: a file, and the signature over it. */
public final class Attachments {
    private static final String ASC = ".asc";

    private Attachments() {}

    /**
     * Signs a document and attaches it.
     *
     * @param what the signature is for
     * @param embedded whether the document travels along; not when it is the subject itself
     */
    public static Manifest attachSigned(
            CandidateStore store,
            Descriptor subject,
            String artifactType,
            String name,
            byte[] document,
            SignedFor what,
            DetachedSigner signer,
            boolean embedded) {
        byte[] signature = DetachedSigner.signBytes(signer, what, document).getBytes(StandardCharsets.US_ASCII);
        ArtifactManifest parts = ArtifactManifest.ofType(artifactType).subject(subject);
        pushEmptyConfig(store);
        if (embedded) {
            parts.layer(store.push(name, MediaType.JSON, document));
        }
        parts.layer(store.push(name + ASC, MediaType.ARMORED_SIGNATURE, signature));
        return attach(store, parts);
    }

    /** Attaches a document with the signature that it has. */
    public static Manifest attach(
            CandidateStore store,
            Descriptor subject,
            String artifactType,
            String name,
            byte[] document,
            byte[] signature) {
        pushEmptyConfig(store);
        store.push(name, MediaType.JSON, document);
        store.push(name + ASC, MediaType.ARMORED_SIGNATURE, signature);
        Manifest manifest = manifest(subject, artifactType, name, document, signature);
        store.repository().attach(manifest);
        return manifest;
    }

    /** What {@link #attach} attaches: the same bytes wherever it is done. */
    public static Manifest manifest(
            Descriptor subject, String artifactType, String name, byte[] document, byte[] signature) {
        return ArtifactManifest.ofType(artifactType)
                .subject(subject)
                .layer(CandidateStore.describe(name, MediaType.JSON, document))
                .layer(CandidateStore.describe(name + ASC, MediaType.ARMORED_SIGNATURE, signature))
                .build();
    }

    private static Manifest attach(CandidateStore store, ArtifactManifest parts) {
        Manifest manifest = parts.build();
        store.repository().attach(manifest);
        return manifest;
    }

    private static void pushEmptyConfig(CandidateStore store) {
        store.push("empty", ArtifactManifest.EMPTY_CONFIG.mediaType(), ArtifactManifest.emptyBytes());
    }

    /** The document of an attachment. */
    public static byte[] document(CandidateStore store, Manifest attachment) {
        return layer(store, attachment, false);
    }

    /** The armored signature of an attachment. */
    public static String signature(CandidateStore store, Manifest attachment) {
        return new String(layer(store, attachment, true), StandardCharsets.US_ASCII);
    }

    private static byte[] layer(CandidateStore store, Manifest attachment, boolean signature) {
        Descriptor layer = attachment.view().layers().stream()
                .filter(l -> l.title().orElse("").endsWith(ASC) == signature)
                .findFirst()
                .orElseThrow(() -> ReleaseException.refused("The attachment " + attachment.digest() + " in "
                        + store.repository().reference() + " is not complete: expected a "
                        + (signature ? "signature" : "document") + "."));
        return StagedCandidate.read(store.repository(), layer);
    }

    /** Whether an attachment really refers to this manifest: a registry's list alone proves nothing. */
    public static boolean refersTo(Manifest attachment, Digest subject) {
        return attachment
                .view()
                .subject()
                .map(Descriptor::digest)
                .filter(subject::equals)
                .isPresent();
    }
}
