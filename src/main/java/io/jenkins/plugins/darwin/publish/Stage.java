package io.jenkins.plugins.darwin.publish;

/**
 * The order of a promotion: a stop between any two changes is never a half-visible release. Up to the signed Git tag a refusal
 * stops everything; after it, what is refused stays open and the rest goes on.
 */
public enum Stage {
    /** Content by digest, under no name that anybody knows. */
    CONTENT,
    /** Names of the version. */
    NAMES,
    /** The signed Git tag: the point of no return. */
    TAG,
    /** {@code latest} and its like: names that move to the release. */
    MOVING_NAMES,
    /** The way into trunk. */
    TRUNK,
    /** Pages, indexes and lists that people see. */
    PAGES;

    /** Whether a refusal leaves the change open. */
    public boolean isAfterPointOfNoReturn() {
        return compareTo(TAG) > 0;
    }
}
