package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/** The bytes of a blob on a server. When the connection drops, it asks for the rest and goes on. */
final class BlobDownload extends InputStream {
    private final Transport transport;
    private final ServerRepository repository;
    private final String action;
    private final Digest digest;
    private InputStream body;
    private long position;
    private int dropped;

    BlobDownload(Transport transport, ServerRepository repository, String action, Digest digest) {
        this.transport = transport;
        this.repository = repository;
        this.action = action;
        this.digest = digest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (true) {
            if (body == null) {
                body = transport.retrying(action, this::open);
            }
            try {
                int count = body.read(target, offset, length);
                position += Math.max(0, count);
                return count;
            } catch (IOException e) {
                close();
                // Counted over the whole blob: a server that gives one byte an hour must come to an end.
                if (Thread.currentThread().isInterrupted()
                        || ++dropped >= transport.options().retry().attempts()) {
                    throw Reasons.failure(
                            action,
                            Thread.currentThread().isInterrupted()
                                    ? "interrupted"
                                    : "the connection dropped after " + position + " bytes ("
                                            + Json.printable(String.valueOf(e.getMessage())) + ")",
                            e);
                }
            }
        }
    }

    private InputStream open() throws IOException {
        Map<String, String> headers = position == 0 ? Map.of() : Map.of("Range", "bytes=" + position + "-");
        Answer answer = transport.exchange(new Transport.Call(
                action,
                "GET",
                repository.uri("blobs/" + digest),
                headers,
                Wire.Body.NONE,
                repository.scopes(ServerRepository.PULL),
                position == 0 ? Set.of(200) : Set.of(200, 206)));
        if (answer.status() == 200 && position > 0) {
            answer.body().skipNBytes(position); // it does not know ranges
        } else if (answer.status() == 206
                && !answer.header("Content-Range").orElse("").startsWith("bytes " + position + "-")) {
            throw ReleaseException.failed("the registry answered with another part than bytes from " + position);
        }
        return answer.body();
    }

    @Override
    public void close() throws IOException {
        if (body != null) {
            body.close();
            body = null;
        }
    }
}
