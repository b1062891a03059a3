package io.jenkins.plugins.darwin.check;

/** What was proven of a candidate, each with all before it. */
public enum Proof {
    /** Nothing. */
    NOTHING("proven to be anything"),
    /** A trusted key signed it, and every byte that was looked at is what was signed. */
    CANDIDATE("a signed candidate"),
    /** A signed vote record on its digest says that it passed. */
    VOTED("a candidate that passed its vote"),
    /** A signed promotion record names exactly the references that lead to it. */
    RELEASED("released: signed, voted on, and promoted under exactly these names");

    private final String phrase;

    Proof(String phrase) {
        this.phrase = phrase;
    }

    /** After "is" or "is not". */
    public String phrase() {
        return phrase;
    }

    public boolean covers(Proof wanted) {
        return compareTo(wanted) >= 0;
    }
}
