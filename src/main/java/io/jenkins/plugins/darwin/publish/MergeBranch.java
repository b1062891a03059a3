package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.git.PushOutcome;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code merge/X.Y.Z}: what a pull request into trunk is opened from. Once it is there people may work on it, so it is left alone. */
final class MergeBranch {
    private final Publication publication;
    private final String name;

    MergeBranch(Publication publication) {
        this.publication = publication;
        this.name = "merge/" + publication.version();
    }

    Change change() {
        String commit = publication.commit().abbreviated();
        Optional<CommitId> existing = publication.git().branch(name);
        return existing.isPresent() && holds(existing.get())
                ? Change.done("merge branch", name, commit)
                : Change.compare("merge branch", name, commit, existing.map(CommitId::abbreviated));
    }

    private boolean holds(CommitId branch) {
        return publication.git().isAncestor(publication.commit(), branch);
    }

    /**
     * Pushes the branch, unless it is there: with trunk merged in, so that nothing is left to resolve; where the server takes
     * no such commit, as the release's own commit.
     *
     * @param trunk to be merged; empty when that conflicts
     * @throws ReleaseException refused, when the server takes neither, or something else has the name
     */
    void offer(Optional<CommitId> trunk) {
        Optional<CommitId> existing = publication.git().branch(name);
        if (existing.isPresent()) {
            if (holds(existing.get())) {
                return;
            }
            throw ReleaseException.refused("The branch " + name + " is there and does not hold the release: expected "
                    + publication.commit().abbreviated() + " in it, found "
                    + existing.get().abbreviated() + ". Delete it, then promote again.");
        }
        List<CommitId> tries = new ArrayList<>();
        trunk.flatMap(head -> TrunkMerges.make(publication, head, TrunkMerges.look(publication, head)))
                .ifPresent(tries::add);
        tries.add(publication.commit());
        PushOutcome outcome = null;
        for (CommitId commit : tries) {
            outcome = publication.git().push(List.of(RefUpdate.createBranch(name, commit)));
            if (outcome instanceof PushOutcome.Done) {
                return;
            }
        }
        throw ReleaseException.refused("The branch " + name + " was refused too: "
                + ((PushOutcome.Rejected) outcome).describe() + ". Bring " + TrunkMerges.branch(publication) + " into "
                + publication.config().trunk() + " by hand, then promote again to see that settled.");
    }

    /** What people do now. */
    String wayOn() {
        return "Open a pull request from " + name + " into "
                + publication.config().trunk() + "; once it is merged, promote again to see this settled.";
    }
}
