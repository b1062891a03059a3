package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * One repository: blobs and manifests by digest, tags that name manifests, and artifacts that refer to manifests.
 * Everything read is verified against its digest. See {@link Registry} for errors and threads.
 */
public interface Repository {
    /** For people, without a tag: {@code 127.0.0.1:5000/staging/darwin-compute} or {@code oci-layout:/x/darwin-compute}. */
    String reference();

    /**
     * What a tag or digest names, without its bytes; empty when there is no such manifest.
     * Only what the registry says: {@link #manifest} proves it.
     */
    Optional<Descriptor> resolve(String tagOrDigest);

    /** The exact bytes of a manifest of at most 4 MiB, digest verified; empty when there is none. */
    Optional<Manifest> manifest(String tagOrDigest);

    /** Whether a blob is there, in any repository-internal form; its bytes are not read. */
    boolean hasBlob(Digest digest);

    /**
     * Streams a blob. The stream throws a {@code ReleaseException} as soon as it is seen to differ: at its end when the
     * digest is wrong, or when it is shorter or longer than expected. A dropped connection is resumed.
     *
     * @param expectedSize in bytes
     */
    InputStream blob(Digest digest, long expectedSize);

    /**
     * Proves that we may push here, as far as the registry tells before anything is pushed: begins an upload and ends it, so
     * that nothing stays. A quota shows only later.
     */
    void requirePush();

    /**
     * Stores a blob unless it is there already (then nothing is opened or sent, and the task is advanced by its size). An upload whose
     * connection drops is resumed or begun anew, from a fresh stream of the source.
     *
     * @param size in bytes
     * @param task advanced by every byte once; not closed
     */
    void pushBlob(Digest digest, long size, BlobSource source, Progress.Task task);

    /**
     * Makes a blob of another repository of the same registry appear here without moving its bytes: a cross-repository
     * mount on a server, a hard link (or local copy) between layouts.
     *
     * @return false when that is not possible; nothing has changed then
     */
    boolean mount(Digest digest, Repository from);

    /** Stores a manifest by its digest, without a tag; what it names must be there. Nothing is sent when it is there already. */
    void pushManifest(Manifest manifest);

    /** Points a tag to these bytes, storing them too. Moves a tag that is there: whoever must not move one looks first. */
    void tag(Manifest manifest, String tag);

    /**
     * Keeps a manifest that no name leads to from being taken for litter by a registry's clean-up; nothing where there is none,
     * or no such manifest.
     *
     * @param of what it belongs to
     */
    void keep(Digest digest, Digest of);

    /**
     * Removes a tag, and what it names stays.
     *
     * @return false when the registry does not allow it
     */
    boolean deleteTag(String tag);

    /** All tags, in the registry's order; empty when there is no such repository. Includes tags of the form {@code sha256-<hex>}. */
    List<String> tags();

    /**
     * The manifests that name this one as their subject, from the referrers API of OCI distribution 1.1, else from its
     * tag fallback {@code sha256-<hex>}; with a warning for each thing in that list that can't be read.
     */
    Referrers lookUpReferrers(Digest subject);

    /** {@link #lookUpReferrers}, without its warnings. */
    default List<Descriptor> referrers(Digest subject) {
        return lookUpReferrers(subject).found();
    }

    /**
     * Stores a manifest that has a subject, so that {@link #referrers} finds it. Its blobs must be there. Where the
     * registry has no referrers API, the manifest gets a tag of its own ({@code kept-<hex of the subject>.<its own>}), so that
     * a clean-up of untagged manifests leaves it, and the fallback index is read, changed, written and read again until our
     * entry stays.
     * Makes no mutating request when all is done already.
     */
    void attach(Manifest manifest);
}
