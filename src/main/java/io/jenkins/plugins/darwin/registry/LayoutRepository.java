package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A repository in an OCI image layout. A tag is an entry of index.json with the annotation that skopeo and others read. A
 * referrer is an entry without a tag, and is listed under the referrers tag too, which survives a copy to a server.
 */
final class LayoutRepository implements Repository {
    /** Where an index entry keeps its tag (image-spec, annotations.md). */
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final Path root;
    private final LayoutFiles files;
    private final RegistryOptions options;

    LayoutRepository(Path root, LayoutFiles files, RegistryOptions options) {
        this.root = root;
        this.files = files;
        this.options = options;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T doing(String action, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw Reasons.failure(action, LayoutFiles.reason(e), e);
        } catch (ReleaseException e) {
            throw Reasons.told(action, e);
        }
    }

    @Override
    public String reference() {
        return LayoutRegistry.PREFIX + files.directory();
    }

    private String named(String reference) {
        return reference() + (Names.isDigest(reference) ? "@" : ":") + reference;
    }

    @Override
    public Optional<Descriptor> resolve(String tagOrDigest) {
        String action = "look up " + named(Names.reference(tagOrDigest));
        if (Names.isDigest(tagOrDigest)) {
            return manifest(tagOrDigest)
                    .map(found -> Descriptor.of(found.mediaType(), found.digest(), found.raw().length));
        }
        return doing(
                action,
                () -> tagged(files.index(), tagOrDigest)
                        .map(Json::descriptor)
                        .map(entry -> Descriptor.of(entry.mediaType(), entry.digest(), entry.size())));
    }

    private static Optional<JsonNode> tagged(ObjectNode index, String tag) {
        for (JsonNode entry : index.path("manifests")) {
            if (entry.path("annotations").path(REF_NAME).asText("").equals(tag)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Manifest> manifest(String tagOrDigest) {
        String action = "read the manifest of " + named(Names.reference(tagOrDigest));
        Optional<String> digest = Names.isDigest(tagOrDigest)
                ? Optional.of(tagOrDigest)
                : resolve(tagOrDigest).map(entry -> entry.digest().toString());
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> raw = doing(action, () -> files.small(Digest.parse(digest.get())));
        if (raw.isEmpty() && !Names.isDigest(tagOrDigest)) {
            throw Reasons.failure(
                    action, "the index names " + digest.get() + " and that file is not there", new Reasons.NotThere());
        }
        return raw.map(bytes -> Manifests.check(action, bytes, digest, ""));
    }

    @Override
    public void requirePush() {
        LayoutFiles.requireWritable("begin an upload to " + reference(), files.directory());
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return Files.isRegularFile(files.blob(digest));
    }

    @Override
    public InputStream blob(Digest digest, long expectedSize) {
        String action = "read blob " + digest + " of " + reference();
        return doing(action, () -> {
            try {
                return new VerifiedStream(action, Files.newInputStream(files.blob(digest)), digest, expectedSize);
            } catch (NoSuchFileException e) {
                throw Reasons.failure(action, "it is not there", new Reasons.NotThere());
            }
        });
    }

    @Override
    public void pushBlob(Digest digest, long size, BlobSource source, Progress.Task task) {
        if (hasBlob(digest)) {
            task.advance(size);
            return;
        }
        String action = "push blob " + digest + " to " + reference();
        doing(action, () -> {
            files.create(options.clock().instant());
            options.listener().request("PUT", files.blob(digest).toString());
            try (InputStream in = new VerifiedStream(action, source.open(), digest, size)) {
                files.write(files.blob(digest), in, task::advance);
            }
            return null;
        });
    }

    /** Only under one root: a link into another registry would let whoever may write there change this one's bytes. */
    @Override
    public boolean mount(Digest digest, Repository from) {
        if (!(from instanceof LayoutRepository other) || !other.root.equals(root) || !other.hasBlob(digest)) {
            return false;
        }
        return doing("link blob " + digest + " of " + from.reference() + " into " + reference(), () -> {
            files.create(options.clock().instant());
            options.listener().request("POST", files.blob(digest).toString());
            return files.link(digest, other.files.blob(digest));
        });
    }

    @Override
    public void pushManifest(Manifest manifest) {
        doing("push image manifest for " + named(manifest.digest().toString()), () -> {
            store(manifest);
            return null;
        });
    }

    private void store(Manifest manifest) throws IOException {
        if (!hasBlob(manifest.digest())) {
            files.create(options.clock().instant());
            options.listener().request("PUT", files.blob(manifest.digest()).toString());
            files.write(files.blob(manifest.digest()), new java.io.ByteArrayInputStream(manifest.raw()), moved -> {});
        }
    }

    @Override
    public void tag(Manifest manifest, String tag) {
        doing("push image manifest for " + named(Names.tag(tag)), () -> {
            store(manifest);
            try (LayoutLock lock = LayoutLock.take(files.directory())) {
                ObjectNode index = files.index();
                if (point(index, manifest, tag)) {
                    write(index);
                }
            }
            return null;
        });
    }

    /** @return whether the index had to change */
    private static boolean point(ObjectNode index, Manifest manifest, String tag) {
        Optional<JsonNode> entry = tagged(index, tag);
        if (entry.isPresent()
                && entry.get().path("digest").asText().equals(manifest.digest().toString())) {
            return false;
        }
        remove(index, tag);
        Descriptor plain = manifest.descriptor();
        ((ArrayNode) index.get("manifests"))
                .add(Json.write(new Descriptor(
                        plain.mediaType(), plain.digest(), plain.size(), plain.artifactType(), Map.of(REF_NAME, tag))));
        return true;
    }

    private static boolean remove(ObjectNode index, String tag) {
        boolean removed = false;
        for (Iterator<JsonNode> entries = index.get("manifests").iterator(); entries.hasNext(); ) {
            if (entries.next().path("annotations").path(REF_NAME).asText("").equals(tag)) {
                entries.remove();
                removed = true;
            }
        }
        return removed;
    }

    private void write(ObjectNode index) throws IOException {
        options.listener()
                .request("PUT", files.directory().resolve("index.json").toString());
        files.writeIndex(index);
    }

    @Override
    public void keep(Digest digest, Digest of) {
        // Nobody cleans up a layout: its index names what somebody wants to find, and its blobs stay.
    }

    @Override
    public boolean deleteTag(String tag) {
        return doing("remove the tag " + named(Names.tag(tag)), () -> {
            if (tagged(files.index(), tag).isEmpty()) {
                return true;
            }
            try (LayoutLock lock = LayoutLock.take(files.directory())) {
                ObjectNode index = files.index();
                if (remove(index, tag)) {
                    write(index);
                }
            }
            return true;
        });
    }

    @Override
    public List<String> tags() {
        return doing("list the tags of " + reference(), () -> {
            List<String> tags = new ArrayList<>();
            files.index()
                    .path("manifests")
                    .forEach(entry ->
                            Json.text(entry.path("annotations"), REF_NAME).ifPresent(tags::add));
            return tags;
        });
    }

    @Override
    public Referrers lookUpReferrers(Digest subject) {
        return doing("list what refers to " + named(subject.toString()), () -> referrers(files.index(), subject));
    }

    private Referrers referrers(ObjectNode index, Digest subject) throws IOException {
        String where = reference() + ":" + ReferrersTag.tag(subject);
        Referrers listed = Referrers.NONE;
        Optional<JsonNode> entry = tagged(index, ReferrersTag.tag(subject));
        if (entry.isPresent()) {
            listed = small(entry.get())
                    .map(bytes -> ReferrersTag.read(bytes, where))
                    .orElseGet(() -> Referrers.unreadable(where, "its file is not there, or is damaged"));
        }
        return listed.plus(untagged(index, subject, listed));
    }

    /** Entries of index.json that refer to the subject and are not in its list: what other tools wrote. */
    private Referrers untagged(ObjectNode index, Digest subject, Referrers listed) throws IOException {
        List<Descriptor> found = new ArrayList<>();
        for (JsonNode entry : index.path("manifests")) {
            Optional<byte[]> raw = small(entry);
            if (raw.isPresent()) {
                try {
                    Manifest manifest = Manifest.of(raw.get());
                    if (!listed.lists(manifest.digest())
                            && manifest.view().subject().map(Descriptor::digest).equals(Optional.of(subject))) {
                        found.add(manifest.descriptor());
                    }
                } catch (ReleaseException e) {
                    // Not a manifest: whoever asks for it by its name is told.
                }
            }
        }
        return new Referrers(found, List.of());
    }

    /** The bytes that an entry names; empty when it names nothing that is here. */
    private Optional<byte[]> small(JsonNode entry) throws IOException {
        Digest digest;
        try {
            digest = Json.descriptor(entry).digest();
        } catch (ReleaseException e) {
            return Optional.empty();
        }
        // What has other bytes than its name says is nothing that an entry could mean.
        return files.small(digest)
                .filter(bytes -> Manifests.digest(digest.algorithm(), bytes).equals(digest));
    }

    @Override
    public void attach(Manifest manifest) {
        Descriptor subject = manifest.view().subject().orElseThrow(() -> new IllegalArgumentException("no subject"));
        doing("attach " + named(manifest.digest().toString()), () -> {
            store(manifest);
            try (LayoutLock lock = LayoutLock.take(files.directory())) {
                ObjectNode index = files.index();
                String tag = ReferrersTag.tag(subject.digest());
                List<Descriptor> listed = tagged(index, tag).isPresent()
                        ? referrers(index, subject.digest()).found()
                        : List.of();
                Optional<Manifest> list = ReferrersTag.with(listed, manifest.descriptor());
                if (list.isPresent()) {
                    store(list.get());
                    point(index, list.get(), tag);
                    addUntagged(index, manifest);
                    write(index);
                }
            }
            return null;
        });
    }

    private static void addUntagged(ObjectNode index, Manifest manifest) {
        for (JsonNode entry : index.get("manifests")) {
            if (entry.path("digest").asText().equals(manifest.digest().toString())) {
                return;
            }
        }
        ((ArrayNode) index.get("manifests")).add(Json.write(manifest.descriptor()));
    }
}
