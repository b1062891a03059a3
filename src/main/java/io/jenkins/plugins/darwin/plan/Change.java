package io.jenkins.plugins.darwin.plan;

import java.util.Optional;

/**
 * One thing that a use case wants to be so, beside what it found.
 *
 * @param kind what sort of thing, in one word: branch, image, tag, ...
 * @param target its name: a ref, an image reference, a path
 * @param expected how it shall be
 * @param found how it is, empty when there is nothing
 * @param made whether this run made it
 */
public record Change(String kind, String target, State state, String expected, Optional<String> found, boolean made) {
    /** What observing found. */
    public enum State {
        /** Not there: will be made. */
        ABSENT,
        /** Already as wanted. */
        DONE,
        /** Something else is there; nothing at all is done. */
        CONFLICT,
        /**
         * Refused after the point of no return, by a server's rule or because a server is away: what comes after it was made all
         * the same. A later run, or a person, settles it.
         */
        OPEN
    }

    public static Change absent(String kind, String target, String expected) {
        return new Change(kind, target, State.ABSENT, expected, Optional.empty(), false);
    }

    /** To be made in the place of something older that may be replaced, such as {@code latest}. */
    public static Change replacing(String kind, String target, String expected, String found) {
        return new Change(kind, target, State.ABSENT, expected, Optional.of(found), false);
    }

    public static Change done(String kind, String target, String value) {
        return new Change(kind, target, State.DONE, value, Optional.of(value), false);
    }

    public static Change conflict(String kind, String target, String expected, String found) {
        return new Change(kind, target, State.CONFLICT, expected, Optional.of(found), false);
    }

    /** @param why it could not be made, and what people do now; a sentence */
    public static Change open(String kind, String target, String expected, String why) {
        return new Change(kind, target, State.OPEN, expected, Optional.of(why), false);
    }

    /** Absent, done or conflict, by comparing what is wanted with what is there. */
    public static Change compare(String kind, String target, String expected, Optional<String> found) {
        return found.map(f -> f.equals(expected) ? done(kind, target, expected) : conflict(kind, target, expected, f))
                .orElseGet(() -> absent(kind, target, expected));
    }

    /** The same, made by this run. */
    public Change asMade() {
        return new Change(kind, target, state, expected, found, true);
    }

    /** The same, left open. */
    public Change asOpen(String why) {
        return open(kind, target, expected, why);
    }
}
