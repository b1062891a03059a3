package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import java.util.List;

/** What became of a merge. */
public sealed interface MergeResult {
    /** A new commit with both as parents, in the mirror (not yet pushed). */
    record Merged(CommitId commit) implements MergeResult {}

    /** Ours is an ancestor of theirs: moving to theirs is the merge; no commit was made. */
    record FastForward(CommitId commit) implements MergeResult {}

    /** Theirs is in ours already. */
    record AlreadyMerged() implements MergeResult {}

    /**
     * Both sides changed the same: people have to decide in these files, sorted.
     *
     * @param by which merger says so
     */
    record Conflict(List<String> files, String by) implements MergeResult {
        public Conflict {
            files = List.copyOf(files);
        }

        /** For a sentence: {@code conflicts in a, b (merged by git 2.39.5)}. */
        public String describe() {
            return Conflicts.describe(files, by);
        }
    }
}
