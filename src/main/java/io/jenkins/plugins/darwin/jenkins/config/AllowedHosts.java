package io.jenkins.plugins.darwin.jenkins.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Hosts that the controller may be told to send something to.
 *
 * @param entries names in lower case, {@code *.example.org} for all below one; empty: every host
 */
public record AllowedHosts(List<String> entries) {
    private static final String BELOW = "*.";

    public AllowedHosts {
        entries = List.copyOf(entries);
    }

    /** @param text names with commas, spaces or line feeds between them; null for none */
    public static AllowedHosts parse(String text) {
        return new AllowedHosts(Arrays.stream((text == null ? "" : text).split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .toList());
    }

    /** The first entry that is no host's name, nor {@code *.} and one; null when all are. */
    String malformed() {
        return entries.stream()
                .filter(entry -> !(entry.startsWith(BELOW) ? entry.substring(BELOW.length()) : entry)
                        .matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]"))
                .findFirst()
                .orElse(null);
    }

    /** Whether this host is one of them, however its name is written. */
    public boolean permits(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", ""); // a full stop at the end is the same host
        return entries.isEmpty()
                || entries.stream()
                        .anyMatch(entry -> entry.startsWith(BELOW)
                                ? name.endsWith(entry.substring(1)) && name.length() >= entry.length()
                                : name.equals(entry));
    }

    @Override
    public String toString() {
        return String.join(", ", entries);
    }
}
