package io.jenkins.plugins.darwin.model;

/** A day of a release's calendar (process document, Release Calendar Template), in order. */
public enum Milestone {
    TIMELINE("timeline", "P0", "the timeline is announced", 17),
    SCOPE_FREEZE("scopeFreeze", "P2", "scope freeze: the release branch is cut", 7),
    CODE_FREEZE("codeFreeze", "P3", "code freeze: fixes only, picked from trunk", 6),
    CANDIDATE("candidate", "P4", "the first candidate is built", 3),
    VOTE("vote", "P5", "the vote opens", 2),
    RELEASE("release", "P6", "the release is promoted", 0),
    ANNOUNCEMENT("announcement", "P6", "the release is announced", -1);

    private final String word;
    private final String phase;
    private final String phrase;
    private final int daysBefore;

    Milestone(String word, String phase, String phrase, int daysBefore) {
        this.word = word;
        this.phase = phase;
        this.phrase = phrase;
        this.daysBefore = daysBefore;
    }

    /** As the configuration spells it. */
    public String word() {
        return word;
    }

    public String phase() {
        return phase;
    }

    /** For people: what happens on that day. */
    public String phrase() {
        return phrase;
    }

    /** Working days before the release, of the document's template: its cut is on a Monday, its release on the Wednesday of the next week. */
    public int daysBefore() {
        return daysBefore;
    }
}
