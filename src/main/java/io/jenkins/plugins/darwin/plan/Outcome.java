package io.jenkins.plugins.darwin.plan;

import java.util.List;

/**
 * What a run of a use case came to.
 *
 * @param changes all of the plan, those made marked so
 * @param warnings what people should know although nothing failed
 * @param result what the use case returns; null for a dry run
 */
public record Outcome<R>(Kind kind, List<Change> changes, List<String> warnings, R result) {
    /** In a word. */
    public enum Kind {
        /** Something was made. */
        DONE,
        /** Everything was already so. */
        UNCHANGED,
        /** A dry run: nothing was made. */
        PLANNED,
        /** All that counts was made or is so, and some changes after the point of no return are open. */
        OPEN
    }

    /** The changes that are open: refused after the point of no return, for a later run or a person to settle. */
    public List<Change> open() {
        return changes.stream().filter(c -> c.state() == Change.State.OPEN).toList();
    }
}
