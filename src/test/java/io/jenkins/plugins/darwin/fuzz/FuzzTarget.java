package io.jenkins.plugins.darwin.fuzz;

import java.util.Locale;

/** What {@code bin/fuzz} runs with Jazzer: the reader that the environment names. */
public final class FuzzTarget {
    private static final Target TARGET =
            Target.valueOf(System.getenv().getOrDefault("DARWIN_FUZZ", "config").toUpperCase(Locale.ROOT));

    private FuzzTarget() {}

    /** By its name; Jazzer looks for it. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.read(input);
    }
}
