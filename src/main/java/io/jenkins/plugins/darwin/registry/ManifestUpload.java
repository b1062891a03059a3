package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One manifest on its way to a server (OCI distribution 1.1, "Pushing Manifests").
 *
 * <p>Under a tag a registry takes any bytes that look like a manifest: one bit that flipped on a connection without TLS, and
 * the tag leads to something that nobody made, and names never move. So what was stored is read back there, and put again at
 * once. All of its bytes, not only the digest in an answer's head: that may be what the registry heard, not what it keeps.
 */
final class ManifestUpload {
    /** Each costs two requests; a line that spoils so many in a row has to be mended by people. */
    private static final int MOST_PUTS = 5;

    private final Transport transport;
    private final ServerRepository repository;
    private final Manifest manifest;
    private final String reference;
    private final String action;

    /** @param reference a tag or the manifest's own digest */
    ManifestUpload(Transport transport, ServerRepository repository, Manifest manifest, String reference) {
        this.transport = transport;
        this.repository = repository;
        this.manifest = manifest;
        this.reference = reference;
        this.action = "push image manifest for " + repository.named(reference);
    }

    /** What came of one request: an answer, or what is wrong with the bytes that arrived. */
    private record Put(Answer answer, Optional<String> wrong) {}

    /** Sends it, whether or not it is there. */
    Answer run() {
        for (int puts = 1; ; puts++) {
            Put put = transport.retrying(action, this::put);
            Optional<String> wrong = put.wrong().or(() -> misstored(put.answer()));
            if (wrong.isEmpty()) {
                return put.answer();
            }
            if (puts == MOST_PUTS || !transport.mayFlipBits()) {
                throw Reasons.failure(action, wrong.get(), null);
            }
        }
    }

    private Put put() throws TransientFault {
        Transport.Call call = new Transport.Call(
                action,
                "PUT",
                repository.uri("manifests/" + reference),
                Map.of("Content-Type", manifest.mediaType()),
                Wire.Body.of(manifest.raw()),
                repository.scopes(ServerRepository.PUSH),
                Set.of(200, 201, 202, 400));
        try (Answer answer = transport.exchange(call)) {
            return answer.status() == 400
                    ? refused(transport.reason(answer, repository.scopes(ServerRepository.PUSH)))
                    : new Put(answer, Optional.empty());
        }
    }

    /**
     * While somebody else puts the same content into this repository, docker-registry writes its links in place; who reads one
     * at that moment hears that a blob is unknown. Sent again it is taken; a tag only if nobody gave it away meanwhile.
     */
    private Put refused(Reason reason) throws TransientFault {
        // Its own name for it, or the specification's.
        if (reason.codes().stream().noneMatch(code -> code.endsWith("BLOB_UNKNOWN"))) {
            if (transport.mayFlipBits() && Reasons.saysSpoilt(reason)) {
                return new Put(null, Optional.of(reason.text()));
            }
            throw reason.failure(null);
        }
        Optional<Digest> found = Names.isDigest(reference)
                ? Optional.empty()
                : repository.resolve(reference).map(Descriptor::digest);
        found.filter(digest -> !digest.equals(manifest.digest())).ifPresent(digest -> {
            throw ReleaseException.failed(reason.text() + ", and the tag is at " + digest, new Reasons.Raced());
        });
        throw new TransientFault(reason.text(), new Reasons.Raced());
    }

    private Optional<String> misstored(Answer answer) {
        Optional<String> said = answer.header("Docker-Content-Digest").filter(Names::isDigest);
        if (said.isPresent() && !said.get().equals(manifest.digest().toString())) {
            return Optional.of("the registry stored it as " + said.get() + " where " + manifest.digest()
                    + " was expected; it changes what it is given");
        }
        if (!transport.mayFlipBits()) {
            return Optional.empty();
        }
        Optional<byte[]> found = readBack(reference);
        if (isOurs(found)
                // A tag that leads elsewhere by now, while the content is there, was moved by somebody else.
                || found.isPresent()
                        && !Names.isDigest(reference)
                        && isOurs(readBack(manifest.digest().toString()))) {
            return Optional.empty();
        }
        return Optional.of("it was expected at " + manifest.digest() + " after the push and is at "
                + found.map(bytes -> Digest.sha256(bytes).toString()).orElse("nothing"));
    }

    private Optional<byte[]> readBack(String name) {
        return repository.raw("read back " + repository.named(name), name);
    }

    private boolean isOurs(Optional<byte[]> found) {
        return found.filter(bytes -> Arrays.equals(bytes, manifest.raw())).isPresent();
    }
}
