package io.jenkins.plugins.darwin.openpgp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a signature is for. A signature made for one purpose counts for no other. */
public enum Purpose {
    /** A file of a candidate, the checksums and {@code candidate.json} among them. */
    FILE("a file"),
    /** The manifest of a candidate, whose digest is voted on. */
    CANDIDATE("a candidate"),
    /** The state of a vote, or its record. */
    VOTE("a vote record"),
    /** One voter's ballot. */
    BALLOT("a ballot"),
    /** The record of a promotion. */
    PROMOTION("a promotion record"),
    /** The Git tag of a release. */
    TAG("a tag"),
    /** A commit that the release line's tools made. */
    COMMIT("a commit"),
    /** A statement on a candidate. */
    EVIDENCE("evidence"),
    /** The statement that takes a release back. */
    WITHDRAWAL("a withdrawal");

    private final String phrase;

    Purpose(String phrase) {
        this.phrase = phrase;
    }

    /** How the signature spells it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people, with its article. */
    public String phrase() {
        return phrase;
    }

    static Optional<Purpose> ofWord(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }
}
