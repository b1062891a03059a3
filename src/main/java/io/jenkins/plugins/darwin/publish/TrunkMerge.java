package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.git.MergeResult;
import io.jenkins.plugins.darwin.git.PushOutcome;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Merge;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * P6.2: the way of the voted commit into trunk. The release is public by then, so nothing that a server refuses here stops
 * anything: where trunk takes no push, or the merge conflicts, a branch for a pull request is offered, and the merge stays
 * open until trunk has the commit, by whichever way.
 */
final class TrunkMerge implements Publisher {
    private static final int ATTEMPTS = 3;

    @Override
    public String name() {
        return "merge";
    }

    @Override
    public Set<Credential> needs(ReleaseConfig config) {
        return config.publishing().merge() == Merge.NONE ? Set.of() : Set.of(Credential.GIT);
    }

    @Override
    public List<Step> changes(Publication publication) {
        if (publication.config().publishing().merge() == Merge.NONE) {
            return List.of();
        }
        String trunk = publication.config().trunk();
        String with = "with " + publication.commit().abbreviated();
        CommitId head = publication.git().requireBranch(trunk);
        MergeResult result = TrunkMerges.look(publication, head);
        if (TrunkMerges.isSettled(publication, head, result)) {
            return List.of(Step.shown(Stage.TRUNK, Change.done("merge", trunk, with)));
        }
        MergeBranch branch = new MergeBranch(publication);
        List<Step> steps = new ArrayList<>();
        if (result instanceof MergeResult.Conflict conflict) {
            steps.add(new Step(Stage.TRUNK, branch.change(), () -> branch.offer(Optional.empty())));
            steps.add(Step.shown(
                    Stage.TRUNK,
                    Change.open(
                            "merge",
                            trunk,
                            with,
                            TrunkMerges.branch(publication) + " does not merge into " + trunk + ": "
                                    + conflict.describe() + ". " + trunk + " was left alone. " + branch.wayOn())));
        } else if (publication.config().publishing().merge() == Merge.PULL_REQUEST) {
            steps.add(new Step(Stage.TRUNK, branch.change(), () -> branch.offer(Optional.of(head))));
        } else {
            steps.add(new Step(
                    Stage.TRUNK,
                    Change.replacing("merge", trunk, with, head.abbreviated()),
                    () -> push(publication, branch)));
        }
        return steps;
    }

    @Override
    public List<String> waits(Publication publication) {
        String trunk = publication.config().trunk();
        if (publication.config().publishing().merge() != Merge.PULL_REQUEST
                || TrunkMerges.isSettled(publication, publication.git().requireBranch(trunk))) {
            return List.of();
        }
        return List.of(trunk + " gets the release by a pull request. " + new MergeBranch(publication).wayOn());
    }

    /** Pushes; where trunk moved meanwhile, merges anew; where trunk takes no push, offers the branch. */
    private static void push(Publication publication, MergeBranch branch) {
        String trunk = publication.config().trunk();
        PushOutcome.Rejected rejected = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            CommitId head = publication.git().requireBranch(trunk);
            MergeResult result = TrunkMerges.look(publication, head);
            if (TrunkMerges.isSettled(publication, head, result)) {
                return;
            }
            Optional<CommitId> merged = TrunkMerges.make(publication, head, result);
            if (merged.isEmpty()) {
                throw open(trunk + " moved, and no longer merges with the release.", branch, head);
            }
            PushOutcome outcome = publication.git().push(List.of(RefUpdate.moveBranch(trunk, head, merged.get())));
            if (!(outcome instanceof PushOutcome.Rejected refused)) {
                return;
            }
            rejected = refused;
            if (!refused.moved()) {
                throw open(trunk + " did not take the merge: " + refused.describe() + ".", branch, head);
            }
            publication.git().fetch();
        }
        throw open(
                trunk + " moved " + ATTEMPTS + " times while it was merged: " + rejected.describe() + ".",
                branch,
                publication.git().requireBranch(trunk));
    }

    private static ReleaseException open(String why, MergeBranch branch, CommitId head) {
        try {
            branch.offer(Optional.of(head));
        } catch (ReleaseException e) {
            return ReleaseException.refused(why + " " + e.getMessage(), e);
        }
        return ReleaseException.refused(why + " " + branch.wayOn());
    }
}
