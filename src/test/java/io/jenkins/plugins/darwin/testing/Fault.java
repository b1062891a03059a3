package io.jenkins.plugins.darwin.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a proxy does with one request instead of passing it on and its answer back. */
public sealed interface Fault {
    /** Passes it on: no fault. */
    record None() implements Fault {}

    /** Cuts the connection; the registry never hears of the request. */
    record CutBefore() implements Fault {}

    /** Lets the registry do it, and cuts the connection before the answer. */
    record CutAfter() implements Fault {}

    /** Passes on only so many bytes of the request's body, then cuts both connections. */
    record CutUpload(long bytes) implements Fault {}

    /** Passes the answer's head and so many bytes of its body, then cuts the connection. */
    record CutAnswer(long bytes) implements Fault {}

    /** Passes the request on with one bit of its body changed: of the byte at this place, counted on from 0 after its end. */
    record FlipUpload(long at) implements Fault {}

    /** Passes the answer back with one bit of its body changed. */
    record FlipAnswer(long at) implements Fault {}

    /** Passes the answer after this pause. */
    record Delay(long millis) implements Fault {}

    /** Answers by itself. */
    record Reply(int status, Map<String, String> headers, byte[] body) implements Fault {}

    Fault NONE = new None();

    static Fault reply(int status, String contentType, String body) {
        return new Reply(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }
}
