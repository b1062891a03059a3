package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.git.MergeResult;
import io.jenkins.plugins.darwin.model.CommitId;
import java.util.Optional;

/** What merging a release into trunk comes to. */
final class TrunkMerges {
    private TrunkMerges() {}

    static MergeResult look(Publication publication, CommitId head) {
        return publication.merging().apply(head).look();
    }

    static String branch(Publication publication) {
        return publication.candidate().candidate().branch();
    }

    /** Whether trunk has all of it: by a merge, or because somebody squashed, rebased or picked it there. */
    static boolean isSettled(Publication publication, CommitId head, MergeResult result) {
        return result instanceof MergeResult.AlreadyMerged
                || (result instanceof MergeResult.Merged merged
                        && publication.git().sameFiles(head, merged.commit()));
    }

    static boolean isSettled(Publication publication, CommitId head) {
        return isSettled(publication, head, look(publication, head));
    }

    /** What trunk is to become, signed; empty when it conflicts, or there is nothing to merge. */
    static Optional<CommitId> make(Publication publication, CommitId head, MergeResult result) {
        return result instanceof MergeResult.Merged || result instanceof MergeResult.FastForward
                ? Optional.of(publication.merging().apply(head).make(publication.requireSigner()))
                : Optional.empty();
    }
}
