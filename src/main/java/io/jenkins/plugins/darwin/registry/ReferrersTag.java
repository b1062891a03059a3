package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The list of referrers where a registry keeps none: an index under the tag {@code sha256-<hex>} of the subject
 * (OCI distribution 1.1, "Referrers Tag Schema"). Registries have no compare-and-set, so two writers can overwrite each
 * other's entry; whoever writes therefore looks again after longer than a writer needs, and writes again if its entry went.
 */
final class ReferrersTag {
    private static final int MOST_WRITES = 50;
    private static final long SETTLE_MILLIS = 50;

    private final Repository repository;
    private final Function<String, Optional<byte[]>> raw;
    private final RegistryOptions options;

    /** @param raw the bytes that a tag names, as they come: whatever they are, a person must get on */
    ReferrersTag(Repository repository, Function<String, Optional<byte[]>> raw, RegistryOptions options) {
        this.repository = repository;
        this.raw = raw;
        this.options = options;
    }

    /** The tag of a subject: algorithm and at most 64 characters of the hash. */
    static String tag(Digest subject) {
        return subject.algorithm() + "-" + subject.hex().substring(0, 64);
    }

    /**
     * A tag that keeps one manifest from being taken for litter: it belongs to this subject or index. It begins as no tag of
     * the specification, of cosign or of a version does, so that nobody who looks for those takes it for one.
     */
    static String keeping(Digest of, Digest manifest) {
        return "kept-" + of.hex().substring(0, 64) + "." + manifest.hex().substring(0, 16);
    }

    Referrers list(Digest subject) {
        String where = repository.reference() + ":" + tag(subject);
        return raw.apply(tag(subject)).map(bytes -> read(bytes, where)).orElse(Referrers.NONE);
    }

    /** Of whatever somebody put there, what can be read. */
    static Referrers read(byte[] index, String where) {
        if (index.length > Manifest.LIMIT) {
            return Referrers.unreadable(where, "it has more than " + Manifest.LIMIT + " bytes");
        }
        try {
            JsonNode manifests = Json.object(index, "it").path("manifests");
            return manifests.isArray()
                    ? Referrers.read(manifests, where)
                    : Referrers.unreadable(where, "it is not an index");
        } catch (ReleaseException e) {
            return Referrers.unreadable(where, e.getMessage());
        }
    }

    /** An index of these referrers and one more, or empty when it has that one. */
    static Optional<Manifest> with(List<Descriptor> listed, Descriptor more) {
        if (listed.stream().anyMatch(each -> each.digest().equals(more.digest()))) {
            return Optional.empty();
        }
        ObjectNode index = Json.MAPPER.createObjectNode();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaTypes.IMAGE_INDEX);
        ArrayNode array = index.putArray("manifests");
        List<Descriptor> all = new ArrayList<>(listed);
        all.add(more);
        all.forEach(each -> array.add(Json.write(each)));
        return Optional.of(Manifest.of(Json.bytes(index)));
    }

    /** Adds an entry until it is seen to stay. */
    void add(Digest subject, Descriptor referrer) {
        String tag = tag(subject);
        for (int write = 1; write <= MOST_WRITES; write++) {
            long began = System.nanoTime();
            Optional<Manifest> changed = with(list(subject).found(), referrer);
            if (changed.isEmpty()) {
                return;
            }
            try {
                repository.tag(changed.get(), tag);
            } catch (ReleaseException e) {
                if (write == MOST_WRITES || !Reasons.isRaced(e)) {
                    throw e;
                }
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            // Someone who read before our write ends theirs within about the time that ours took.
            pause(Math.min(
                    SETTLE_MILLIS + 3 * took.toMillis(), options.idleTimeout().toMillis()));
        }
        if (with(list(subject).found(), referrer).isPresent()) {
            throw Reasons.failure(
                    "list " + referrer.digest() + " as referrer in " + repository.reference() + ":" + tag,
                    "others keep overwriting that list; run again when they are done",
                    null);
        }
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Reasons.failure("list a referrer in " + repository.reference(), "interrupted", e);
        }
    }
}
