package io.jenkins.plugins.darwin.bench;

import java.util.Locale;

/**
 * One row of {@code target/bench.json}.
 *
 * @param ratio how many times faster than the peer
 * @param value in {@code unit}: whatever else the row says
 */
record Row(String name, double seconds, String peer, double peerSeconds, String unit, double value) {
    /** Prints the row for people on stderr, and as a line of JSON on stdout. */
    void print() {
        System.err.printf(
                Locale.ROOT,
                "%s: %.3f s, %s %.3f s (%.1fx), %.1f %s%n",
                name,
                seconds,
                peer,
                peerSeconds,
                peerSeconds / seconds,
                value,
                unit);
        System.out.printf(
                Locale.ROOT,
                "[{\"name\": \"%s\", \"seconds\": %.4f, \"peer\": \"%s\", \"peerSeconds\": %.4f, \"ratio\": %.2f, \"unit\": \"%s\", \"value\": %.1f}]%n",
                name,
                seconds,
                peer,
                peerSeconds,
                peerSeconds / seconds,
                unit,
                value);
    }
}
