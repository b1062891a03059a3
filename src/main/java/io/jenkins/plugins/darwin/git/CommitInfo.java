package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * A commit.
 *
 * @param authorTime in the author's own time zone, to the second
 * @param message whole, as stored (usually ends with a line feed)
 */
public record CommitInfo(
        CommitId id,
        List<CommitId> parents,
        Person author,
        ZonedDateTime authorTime,
        Person committer,
        Instant committerTime,
        String message) {
    public CommitInfo {
        parents = List.copyOf(parents);
    }

    /** The first line of the message. */
    public String subject() {
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)).strip();
    }

    /** Whether this commit joins two lines of history. */
    public boolean isMerge() {
        return parents.size() > 1;
    }
}
