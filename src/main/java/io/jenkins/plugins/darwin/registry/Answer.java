package io.jenkins.plugins.darwin.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** What a server answered. Read its body to the end where it is short: that keeps the connection for the next request. */
record Answer(int status, HttpHeaders headers, InputStream body, URI uri) implements AutoCloseable {

    Optional<String> header(String name) {
        return headers.firstValue(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Without parameters, in lower case; empty text when the server gave none. */
    String contentType() {
        return header("Content-Type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** The body, cut off after {@code limit} bytes. */
    byte[] bytes(int limit) throws IOException {
        try (InputStream in = body) {
            byte[] bytes = in.readNBytes(limit);
            return bytes;
        }
    }

    /** Lets go of the body; of a long one, the connection with it. */
    @Override
    public void close() {
        try (InputStream in = body) {
            in.readNBytes(8192);
        } catch (IOException e) {
            // nobody wanted it
        }
    }
}
