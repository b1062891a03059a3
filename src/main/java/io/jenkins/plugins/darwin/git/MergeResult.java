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

    /** Both sides changed the same: people have to decide in these files, sorted. */
    record Conflict(List<String> files) implements MergeResult {
        public Conflict {
            files = List.copyOf(files);
        }
    }
}
