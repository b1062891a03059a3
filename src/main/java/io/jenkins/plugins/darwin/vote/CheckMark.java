package io.jenkins.plugins.darwin.vote;

/** What a voter says about one item of the checklist (P5.2). */
public enum CheckMark {
    PASSED,
    FAILED,
    /** The same as saying nothing about the item. */
    NOT_RUN
}
