package io.jenkins.plugins.darwin.load;

/** What a comparison comes to. */
public enum Verdict {
    BETTER("better"),
    SAME("same"),
    WORSE("worse"),
    NOT_ENOUGH_DATA("not enough data");

    private final String phrase;

    Verdict(String phrase) {
        this.phrase = phrase;
    }

    /** For people. */
    public String phrase() {
        return phrase;
    }
}
