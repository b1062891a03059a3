package io.jenkins.plugins.darwin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment of this process, with secrets as they were set. Java decodes variables by the locale, so under
 * {@code LC_ALL=C}, as in containers and on agents, every letter beyond ASCII is lost; the system has the bytes.
 */
final class ProcessEnvironment {
    /** Where the system keeps the bytes: Linux; elsewhere Java's view has to do. */
    private static final Path BYTES = Path.of("/proc/self/environ");

    /** Texts that only go to a key or a server. File names are not among them: Java can't open what it can't spell. */
    private static final Set<String> TEXTS = Set.of(
            "DARWIN_SIGNING_PASSPHRASE",
            "DARWIN_REGISTRY_USER",
            "DARWIN_REGISTRY_PASSWORD",
            "DARWIN_GIT_USER",
            "DARWIN_GIT_TOKEN");

    private ProcessEnvironment() {}

    static Map<String, String> read() {
        try {
            return Files.isReadable(BYTES) ? merged(System.getenv(), Files.readAllBytes(BYTES)) : System.getenv();
        } catch (IOException e) {
            return System.getenv();
        }
    }

    /** @param bytes {@code NAME=value} and a zero, again and again */
    static Map<String, String> merged(Map<String, String> java, byte[] bytes) {
        Map<String, String> merged = new HashMap<>(java);
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                String entry = UserText.of(Arrays.copyOfRange(bytes, from, at));
                int equals = entry.indexOf('=');
                // Only what Java has too: a variable may have been taken away since the process began.
                if (equals > 0 && TEXTS.contains(entry.substring(0, equals))) {
                    merged.computeIfPresent(entry.substring(0, equals), (name, value) -> entry.substring(equals + 1));
                }
                from = at + 1;
            }
        }
        return merged;
    }
}
