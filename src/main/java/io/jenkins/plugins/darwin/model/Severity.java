package io.jenkins.plugins.darwin.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How bad a finding is, worse ones later. */
public enum Severity {
    NONE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> ofWord(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
