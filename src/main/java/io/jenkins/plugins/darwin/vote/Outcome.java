package io.jenkins.plugins.darwin.vote;

/** How a vote ended. */
public enum Outcome {
    /** Binding +1s reach the quorum and no binding -1 stands. */
    PASSED("passed", true),
    /** A binding -1 stands, whatever else was voted. */
    VETOED("was vetoed", false),
    /** Somebody whose vote binds has voted, and too few said +1. */
    NO_QUORUM("found no quorum", false),
    /** The deadline passed and nobody whose vote binds has voted. */
    EXPIRED("expired without a binding vote", false),
    /** The candidate was taken back. */
    WITHDRAWN("was withdrawn", false),
    /** The staged candidate is no longer the one that was voted on. */
    VOID("is void", false),
    /** An administrator let the candidate pass, with a reason; the votes stay as they are. */
    OVERRIDDEN("was overridden", true);

    private final String phrase;
    private final boolean released;

    Outcome(String phrase, boolean released) {
        this.phrase = phrase;
        this.released = released;
    }

    /** For a sentence that begins with "The vote". */
    public String phrase() {
        return phrase;
    }

    /** Whether only votes were missing: with more time the same vote goes on. */
    public boolean mayGoOn() {
        return this == NO_QUORUM || this == EXPIRED;
    }

    /** Whether the candidate may be promoted. */
    public boolean passes() {
        return released;
    }
}
