package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.CommitId;
import java.util.List;

/**
 * A commit, as release notes need it.
 *
 * @param parents two or more make it a merge, which is an entry of its own only when it has a pull request's title
 * @param message the whole message: subject, body, footers
 */
public record NoteCommit(CommitId id, List<CommitId> parents, String message) {
    public NoteCommit {
        parents = List.copyOf(parents);
    }

    /** The message's first paragraph, on one line. */
    public String subject() {
        return CommitMessage.of(message).subject();
    }

    boolean isMerge() {
        return parents.size() > 1;
    }
}
