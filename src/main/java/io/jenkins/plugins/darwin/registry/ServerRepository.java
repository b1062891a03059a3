package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A repository on a server (OCI distribution 1.1, "Endpoints"). */
final class ServerRepository implements Repository {
    static final String PULL = "pull";
    static final String PUSH = "pull,push";
    private static final Map<String, String> ACCEPT = Map.of("Accept", String.join(", ", MediaTypes.MANIFESTS));
    private static final int ANSWER_LIMIT = 64 * 1024;

    private final Transport transport;
    private final String name;
    /** One warning an opened repository is enough. */
    private final AtomicBoolean toldDenied = new AtomicBoolean();

    ServerRepository(Transport transport, String name) {
        this.transport = transport;
        this.name = name;
    }

    @Override
    public String reference() {
        return transport.place().host() + "/" + name;
    }

    /** A URL of this repository; {@code tail} is made of checked names. */
    URI uri(String tail) {
        return transport.server().base().resolve("/v2/" + name + "/" + tail);
    }

    List<String> scopes(String rights) {
        return List.of("repository:" + name + ":" + rights);
    }

    Transport.Call call(String action, String method, String tail, Map<String, String> headers, Integer... accepted) {
        String rights = RequestListener.mutating(method) ? PUSH : PULL;
        return new Transport.Call(action, method, uri(tail), headers, Wire.Body.NONE, scopes(rights), Set.of(accepted));
    }

    /** The name of one manifest, for people. */
    String named(String reference) {
        return reference() + (Names.isDigest(reference) ? "@" : ":") + reference;
    }

    /**
     * Reads; what is denied counts as not there, if the server knows us otherwise: GHCR, Quay, GitLab, Artifactory answer so for
     * a repository that the first push will make. That push is asked once more, and says what is really wrong.
     */
    private <T> T orAbsent(T absent, Supplier<T> read) {
        try {
            return read.get();
        } catch (ReleaseException e) {
            if (!Reasons.isDenied(e) || !transport.isKnown()) {
                throw e;
            }
            if (toldDenied.compareAndSet(false, true)) {
                transport
                        .options()
                        .progress()
                        .message("Taken as not there yet: " + reference()
                                + ", since the registry denies looking into it. When it is there, the login lacks a right: "
                                + e.getMessage());
            }
            return absent;
        }
    }

    @Override
    public Optional<Descriptor> resolve(String tagOrDigest) {
        return orAbsent(Optional.empty(), () -> look(tagOrDigest));
    }

    private Optional<Descriptor> look(String tagOrDigest) {
        String action = "look up " + named(Names.reference(tagOrDigest));
        Transport.Fetched answer =
                transport.fetch(call(action, "HEAD", "manifests/" + tagOrDigest, ACCEPT, 200, 404, 405), ANSWER_LIMIT);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        Optional<String> digest = answer.head().header("Docker-Content-Digest").filter(Names::isDigest);
        Optional<String> size = answer.head().header("Content-Length").filter(text -> text.matches("[0-9]{1,9}"));
        if (digest.isEmpty()
                || size.isEmpty()
                || !MediaTypes.MANIFESTS.contains(answer.head().contentType())) {
            return manifest(tagOrDigest)
                    .map(found -> Descriptor.of(found.mediaType(), found.digest(), found.raw().length));
        }
        if (Names.isDigest(tagOrDigest) && !digest.get().equals(tagOrDigest)) {
            throw Reasons.damaged(action, "the registry answered with another digest, " + digest.get());
        }
        return Optional.of(
                Descriptor.of(answer.head().contentType(), Digest.parse(digest.get()), Long.parseLong(size.get())));
    }

    @Override
    public Optional<Manifest> manifest(String tagOrDigest) {
        return orAbsent(Optional.empty(), () -> read(tagOrDigest));
    }

    /** What arrives damaged is asked for once more: a bit can flip on the way, and then nothing is wrong there. */
    private Optional<Manifest> read(String tagOrDigest) {
        try {
            return readOnce(tagOrDigest);
        } catch (ReleaseException e) {
            if (e.kind() != ReleaseException.Kind.REFUSED) {
                throw e;
            }
            return readOnce(tagOrDigest);
        }
    }

    private Optional<Manifest> readOnce(String tagOrDigest) {
        String action = "read the manifest of " + named(Names.reference(tagOrDigest));
        Transport.Fetched answer =
                transport.fetch(call(action, "GET", "manifests/" + tagOrDigest, ACCEPT, 200, 404), Manifest.LIMIT);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        Optional<String> said = answer.head().header("Docker-Content-Digest").filter(Names::isDigest);
        Optional<String> expected = Names.isDigest(tagOrDigest) ? Optional.of(tagOrDigest) : said;
        return Optional.of(
                Manifests.check(action, answer.bytes(), expected, answer.head().contentType()));
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return orAbsent(false, () -> looksForBlob(digest));
    }

    private boolean looksForBlob(Digest digest) {
        return transport
                        .fetch(
                                call(
                                        "look for blob " + digest + " in " + reference(),
                                        "HEAD",
                                        "blobs/" + digest,
                                        Map.of(),
                                        200,
                                        404),
                                ANSWER_LIMIT)
                        .status()
                == 200;
    }

    @Override
    public InputStream blob(Digest digest, long expectedSize) {
        String action = "read blob " + digest + " of " + reference();
        return new VerifiedStream(action, new BlobDownload(transport, this, action, digest), digest, expectedSize);
    }

    @Override
    public void requirePush() {
        String action = "begin an upload to " + reference();
        transport
                .fetch(call(action, "POST", "blobs/uploads/", Map.of(), 202), ANSWER_LIMIT)
                .head()
                .header("Location")
                .ifPresent(this::cancelUpload);
    }

    @Override
    public void pushBlob(Digest digest, long size, BlobSource source, Progress.Task task) {
        if (hasBlob(digest)) {
            task.advance(size);
        } else {
            new BlobUpload(transport, this, digest, size, source, task).run();
        }
    }

    @Override
    public boolean mount(Digest digest, Repository from) {
        if (!(from instanceof ServerRepository other)
                || !other.transport.place().host().equals(transport.place().host())) {
            return false;
        }
        String action = "mount blob " + digest + " of " + from.reference() + " into " + reference();
        Transport.Call call = new Transport.Call(
                action,
                "POST",
                uri("blobs/uploads/?mount=" + digest + "&from=" + other.name),
                Map.of(),
                Wire.Body.NONE,
                List.of("repository:" + name + ":" + PUSH, "repository:" + other.name + ":" + PULL),
                Set.of(201, 202, 400, 401, 403, 404, 405));
        Transport.Fetched answer = transport.fetch(call, ANSWER_LIMIT);
        if (answer.status() == 202) {
            // The registry began an upload instead. It is not wanted; left alone it would expire some day.
            answer.head().header("Location").ifPresent(this::cancelUpload);
        }
        return answer.status() == 201;
    }

    void cancelUpload(String location) {
        try (Answer answer = transport.exchange(new Transport.Call(
                "end an upload",
                "DELETE",
                transport.resolve(uri("blobs/uploads/"), location),
                Map.of(),
                Wire.Body.NONE,
                scopes("pull,push,delete"),
                Set.of(204)))) {
            answer.close();
        } catch (TransientFault | ReleaseException e) {
            // It expires by itself.
        }
    }

    @Override
    public void pushManifest(Manifest manifest) {
        if (resolve(manifest.digest().toString()).isEmpty()) {
            put(manifest, manifest.digest().toString());
        }
    }

    @Override
    public void tag(Manifest manifest, String tag) {
        Optional<Digest> answered = put(manifest, Names.tag(tag))
                .header("Docker-Content-Digest")
                .filter(Names::isDigest)
                .map(Digest::parse);
        if (answered.isEmpty()) {
            Optional<Digest> found = resolve(tag).map(Descriptor::digest);
            if (!found.equals(Optional.of(manifest.digest()))) {
                throw Reasons.failure(
                        "tag " + named(tag),
                        "it was expected at " + manifest.digest() + " after the push and is at "
                                + found.map(Digest::toString).orElse("nothing"),
                        null);
            }
        }
    }

    /** Sends a manifest, whether or not it is there. */
    Answer put(Manifest manifest, String reference) {
        return new ManifestUpload(transport, this, manifest, reference).run();
    }

    @Override
    public boolean deleteTag(String tag) {
        String action = "remove the tag " + named(Names.tag(tag));
        // 400 is how docker-registry 2 and others say that only digests can be deleted.
        int status = transport
                .fetch(
                        new Transport.Call(
                                action,
                                "DELETE",
                                uri("manifests/" + tag),
                                Map.of(),
                                Wire.Body.NONE,
                                scopes("pull,push,delete"),
                                Set.of(200, 202, 400, 401, 403, 404, 405, 501)),
                        ANSWER_LIMIT)
                .status();
        return status == 200 || status == 202 || status == 404;
    }

    @Override
    public List<String> tags() {
        String action = "list the tags of " + reference();
        return orAbsent(
                List.of(),
                () -> new Pages(transport, call(action, "GET", "tags/list?n=1000", Map.of(), 200, 404)).tags());
    }

    @Override
    public Referrers lookUpReferrers(Digest subject) {
        return listed(subject).orElseGet(() -> referrersTag().list(subject));
    }

    /** From the referrers API; empty where there is none. */
    private Optional<Referrers> listed(Digest subject) {
        String action = "list what refers to " + named(subject.toString());
        Transport.Call call = call(
                action,
                "GET",
                "referrers/" + subject,
                Map.of("Accept", MediaTypes.IMAGE_INDEX),
                200,
                400,
                404,
                405,
                501);
        return orAbsent(Optional.empty(), () -> new Pages(transport, call).referrers());
    }

    boolean listsReferrers(Digest subject) {
        return listed(subject).isPresent();
    }

    private ReferrersTag referrersTag() {
        return new ReferrersTag(
                this, tag -> raw("read the manifest of " + named(Names.tag(tag)), tag), transport.options());
    }

    /**
     * For who changes that list: a read that is denied is a failure there, since a list that is taken for empty and written
     * again loses what others attached.
     */
    private ReferrersTag changedReferrersTag() {
        return new ReferrersTag(
                this, tag -> rawOrDenied("read the manifest of " + named(Names.tag(tag)), tag), transport.options());
    }

    /**
     * What a tag or digest names, whatever it is. Bytes that differ from the digest that came with them are asked for once
     * more: who reads a list and writes it again with one entry more must not lose the others to a bit that flipped.
     */
    Optional<byte[]> raw(String action, String tagOrDigest) {
        return orAbsent(Optional.empty(), () -> rawOrDenied(action, tagOrDigest));
    }

    private Optional<byte[]> rawOrDenied(String action, String tagOrDigest) {
        Transport.Fetched answer = rawOnce(action, tagOrDigest);
        answer = isAsSaid(answer) ? answer : rawOnce(action, tagOrDigest);
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.bytes());
    }

    private Transport.Fetched rawOnce(String action, String tagOrDigest) {
        return transport.fetch(call(action, "GET", "manifests/" + tagOrDigest, ACCEPT, 200, 404), Manifest.LIMIT);
    }

    private static boolean isAsSaid(Transport.Fetched answer) {
        return answer.status() == 404
                || answer.head()
                        .header("Docker-Content-Digest")
                        .filter(Names::isDigest)
                        .map(Digest::parse)
                        .filter(said -> !said.equals(Manifests.digest(said.algorithm(), answer.bytes())))
                        .isEmpty();
    }

    @Override
    public void keep(Digest digest, Digest of) {
        String tag = ReferrersTag.keeping(of, digest);
        if (!resolve(tag).map(Descriptor::digest).equals(Optional.of(digest))) {
            manifest(digest.toString()).ifPresent(manifest -> tag(manifest, tag));
        }
    }

    @Override
    public void attach(Manifest manifest) {
        Descriptor subject = manifest.view().subject().orElseThrow(() -> new IllegalArgumentException("no subject"));
        String own = ReferrersTag.keeping(subject.digest(), manifest.digest());
        if (resolve(manifest.digest().toString()).isPresent() && isListed(manifest, subject.digest(), own)) {
            return;
        }
        // Stored but not listed: a run ended in between. Pushing again is how we hear whether the registry keeps the
        // list.
        Answer answer = put(manifest, manifest.digest().toString());
        if (answer.header("OCI-Subject").isEmpty()) {
            keep(manifest, own);
            changedReferrersTag().add(subject.digest(), manifest.descriptor());
        }
    }

    private void keep(Manifest manifest, String tag) {
        if (!resolve(tag).map(Descriptor::digest).equals(Optional.of(manifest.digest()))) {
            tag(manifest, tag);
        }
    }

    private boolean isListed(Manifest manifest, Digest subject, String own) {
        Optional<Referrers> api = listed(subject);
        return api.isPresent()
                ? api.get().lists(manifest.digest())
                : referrersTag().list(subject).lists(manifest.digest())
                        && resolve(own).map(Descriptor::digest).equals(Optional.of(manifest.digest()));
    }
}
