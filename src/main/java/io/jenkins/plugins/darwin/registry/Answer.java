package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a server answered. Read its body to the end where it is short: that keeps the connection for the next request. */
record Answer(int status, HttpHeaders headers, InputStream body, URI uri) implements AutoCloseable {
    /** In bytes a second, once the grace is over. */
    static final int SLOWEST = 1024;

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final long DRAIN_NANOS = 1_000_000_000L;

    Optional<String> header(String name) {
        return headers.firstValue(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Without parameters, in lower case; empty text when the server gave none. */
    String contentType() {
        return header("Content-Type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /**
     * The body, cut off after {@code limit} bytes. Documents are short: a server that sends one slower than
     * {@value #SLOWEST} bytes a second is not waited for.
     */
    byte[] bytes(int limit) throws IOException {
        return bytes(limit, GRACE);
    }

    byte[] bytes(int limit, Duration grace) throws IOException {
        long began = System.nanoTime();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (InputStream in = body) {
            for (int count; all.size() < limit; ) {
                count = in.read(buffer, 0, Math.min(buffer.length, limit - all.size()));
                if (count < 0) {
                    break;
                }
                all.write(buffer, 0, count);
                long late = System.nanoTime() - began - grace.toNanos();
                if (late > 0 && all.size() < late / 1_000_000_000.0 * SLOWEST + SLOWEST) {
                    throw ReleaseException.failed("it sends slower than " + SLOWEST + " bytes a second");
                }
            }
        }
        return all.toByteArray();
    }

    /** Lets go of the body; of one that does not come at once, the connection with it. */
    @Override
    public void close() {
        try (InputStream in = body) {
            long began = System.nanoTime();
            byte[] buffer = new byte[8192];
            int left = buffer.length;
            for (int count; left > 0 && System.nanoTime() - began < DRAIN_NANOS; left -= count) {
                count = in.read(buffer, 0, left);
                if (count < 0) {
                    return;
                }
            }
        } catch (IOException e) {
            // nobody wanted it
        }
    }
}
