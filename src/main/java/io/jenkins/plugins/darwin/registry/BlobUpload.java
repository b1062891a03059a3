package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One blob on its way to a server (OCI distribution 1.1, "Pushing Blobs"): POST, then one PUT with all bytes, or a PATCH a
 * chunk. After a drop, chunks go on from what the server says it has; all else begins anew.
 */
final class BlobUpload {
    /**
     * Without TLS, what is not larger than this is read back, in bytes. All larger ones would move twice: of those the
     * registry's own word counts, which compares the digest at the end of each upload, and promotion reads them before
     * anything gets a name.
     */
    private static final long READ_BACK = 4 * 1024 * 1024;

    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final Transport transport;
    private final ServerRepository repository;
    private final Digest digest;
    private final long size;
    private final UploadSource source;
    private final String action;
    private URI location;
    private long sent;

    BlobUpload(
            Transport transport,
            ServerRepository repository,
            Digest digest,
            long size,
            BlobSource source,
            Progress.Task task) {
        this.transport = transport;
        this.repository = repository;
        this.digest = digest;
        this.size = size;
        this.source = new UploadSource(source, task);
        this.action = "push blob " + digest + " to " + repository.reference();
    }

    void run() {
        try (source) {
            transport.retrying(action, this::attempt);
            source.finish(size);
        } catch (ReleaseException e) {
            if (location != null && !Thread.currentThread().isInterrupted()) {
                repository.cancelUpload(location.toString());
            }
            throw e;
        }
    }

    private Void attempt() throws IOException {
        long chunk = transport.options().chunkBytes();
        boolean chunked = chunk > 0 && size > chunk;
        if (location == null || !chunked || !resume()) {
            begin();
        }
        while (chunked && sent < size) {
            patch(Math.min(chunk, size - sent));
        }
        finish(chunked ? Wire.Body.NONE : source.body(0, size));
        requireStored();
        return null;
    }

    /** Sent again at once, when what the registry keeps is something else. */
    private void requireStored() throws IOException {
        if (!transport.mayFlipBits() || size > READ_BACK) {
            return;
        }
        try (InputStream stored = repository.blob(digest, size)) {
            stored.transferTo(OutputStream.nullOutputStream());
        } catch (ReleaseException e) {
            if (e.kind() != ReleaseException.Kind.REFUSED) {
                throw e;
            }
            throw new TransientFault("what the registry then gave for it were other bytes", e);
        }
    }

    private void begin() throws IOException {
        location = null;
        sent = 0;
        try (Answer answer = send("POST", repository.uri("blobs/uploads/"), Map.of(), Wire.Body.NONE, 202)) {
            location = locationIn(answer);
        }
    }

    /** Asks how far the server got. Some forget the upload when its connection drops: then there is nothing to resume. */
    private boolean resume() throws IOException {
        try (Answer answer = send("GET", location, Map.of(), Wire.Body.NONE, 200, 204, 400, 404, 416)) {
            Matcher range = RANGE.matcher(answer.header("Range").orElse(""));
            if (answer.status() != 204 || !range.matches() || Long.parseLong(range.group(1)) >= size) {
                return false;
            }
            long last = Long.parseLong(range.group(1));
            sent = last == 0 ? 0 : last + 1; // 0-0 is how most servers say "nothing"
            location = answer.header("Location").isPresent() ? locationIn(answer) : location;
            return true;
        }
    }

    private void patch(long length) throws IOException {
        Map<String, String> headers =
                Map.of("Content-Type", "application/octet-stream", "Content-Range", sent + "-" + (sent + length - 1));
        try (Answer answer = send("PATCH", location, headers, source.body(sent, length), 202)) {
            location = locationIn(answer);
            sent += length;
        }
    }

    private void finish(Wire.Body body) throws IOException {
        String url = location.toString();
        URI uri = URI.create(url + (location.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", "application/octet-stream");
        // 404: the server forgot this upload, for example because it was restarted.
        try (Answer answer = send("PUT", uri, headers, body, 200, 201, 204, 400, 404)) {
            if (answer.status() == 404) {
                location = null;
                throw new TransientFault("the registry lost the upload", null);
            }
            if (answer.status() == 400) {
                throw refused(transport.reason(answer, repository.scopes(ServerRepository.PUSH)));
            }
            String stored = answer.header("Docker-Content-Digest").orElse(digest.toString());
            if (!stored.equals(digest.toString())) {
                location = null;
                String reason = "the registry stored it as " + Json.printable(stored);
                if (transport.mayFlipBits()) {
                    throw new TransientFault(reason, null);
                }
                throw ReleaseException.failed(reason);
            }
        }
        location = null;
    }

    private TransientFault refused(Reason reason) {
        if (transport.mayFlipBits() && Reasons.saysSpoilt(reason)) {
            location = null; // what arrived of it is of no use
            return new TransientFault(reason.text(), null);
        }
        throw reason.failure(null);
    }

    private URI locationIn(Answer answer) {
        return transport.resolve(
                answer.uri(),
                answer.header("Location")
                        .orElseThrow(() -> ReleaseException.failed("the registry did not say where to upload to")));
    }

    private Answer send(String method, URI uri, Map<String, String> headers, Wire.Body body, Integer... accepted)
            throws TransientFault {
        return transport.exchange(new Transport.Call(
                action, method, uri, headers, body, repository.scopes(ServerRepository.PUSH), Set.of(accepted)));
    }
}
