package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import java.util.List;

/** What became of a cherry-pick. */
public sealed interface PickResult {
    /** The picked change, as a new commit in the mirror (not yet pushed). */
    record Picked(CommitId commit) implements PickResult {}

    /** The branch has this change already: picking it would change nothing. */
    record Empty() implements PickResult {}

    /**
     * The change does not fit: people have to decide in these files, sorted.
     *
     * @param by which merger says so
     */
    record Conflict(List<String> files, String by) implements PickResult {
        public Conflict {
            files = List.copyOf(files);
        }

        /** For a sentence: {@code conflicts in a, b (merged by git 2.39.5)}. */
        public String describe() {
            return Conflicts.describe(files, by);
        }
    }
}
