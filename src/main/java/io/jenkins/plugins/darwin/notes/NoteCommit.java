package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.CommitId;

/**
 * A commit, as release notes need it.
 *
 * @param parents how many parents it has; two or more make it a merge, which is never an entry of its own
 * @param message the whole message: subject, body, footers
 */
public record NoteCommit(CommitId id, int parents, String message) {
    /** The message's first line. */
    public String subject() {
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)).strip();
    }
}
