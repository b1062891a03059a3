package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
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
        return null;
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
        try (Answer answer = send("PUT", uri, headers, body, 200, 201, 204, 404)) {
            if (answer.status() == 404) {
                location = null;
                throw new TransientFault("the registry lost the upload", null);
            }
            String stored = answer.header("Docker-Content-Digest").orElse(digest.toString());
            if (!stored.equals(digest.toString())) {
                throw ReleaseException.failed("the registry stored it as " + Json.printable(stored));
            }
        }
        location = null;
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
