package io.jenkins.plugins.darwin.policy;

/** The rules of a release branch (process document, 3.1 and 3.2). */
public enum Rule {
    /** All fixes are made on trunk first. */
    TRUNK("trunk"),
    /** What a message says about its origin is so. */
    ORIGIN("origin"),
    /** What was picked is what its origin changed. */
    CONTENT("content"),
    /** Only some kinds of changes are accepted. */
    KIND("kind"),
    /** Nothing that breaks users. */
    BREAKING("breaking"),
    /** No dependency is upgraded, unless that is a security fix. */
    UPGRADE("upgrade"),
    /** Rules of the project for some files. */
    PATH("path"),
    /** Trunk as a whole is not merged in. */
    MERGE("merge"),
    /** A waiver has an approver, who is somebody else, and a reason. */
    WAIVER("waiver");

    private final String word;

    Rule(String word) {
        this.word = word;
    }

    /** As waivers and output spell it. */
    public String word() {
        return word;
    }
}
