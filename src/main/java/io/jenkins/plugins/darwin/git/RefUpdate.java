package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Optional;

/**
 * One ref to create or move, forward only.
 *
 * @param ref full name, {@code refs/heads/...}, {@code refs/tags/...} or {@code refs/notes/darwin-...}
 * @param expectedOld what the remote must still hold; empty when the ref must not exist yet
 * @param target the commit or tag object that it shall hold
 */
public record RefUpdate(String ref, Optional<CommitId> expectedOld, CommitId target) {
    /** Notes of ours; those of others are not fetched and not touched. */
    static final String NOTES = "refs/notes/darwin-";

    public RefUpdate {
        if (ref == null || !(ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/") || ref.startsWith(NOTES))) {
            throw ReleaseException.usage("Not a ref to push: expected refs/heads/..., refs/tags/... or " + NOTES
                    + "..., found '"
                    + GitNames.printable(ref) + "'.");
        }
        GitNames.requireRef(ref);
    }

    public static RefUpdate createBranch(String branch, CommitId target) {
        return new RefUpdate("refs/heads/" + GitNames.requireBranch(branch), Optional.empty(), target);
    }

    public static RefUpdate moveBranch(String branch, CommitId expectedOld, CommitId target) {
        return new RefUpdate("refs/heads/" + GitNames.requireBranch(branch), Optional.of(expectedOld), target);
    }

    public static RefUpdate createTag(String tag, CommitId target) {
        return new RefUpdate("refs/tags/" + GitNames.requireTag(tag), Optional.empty(), target);
    }
}
