package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.util.List;
import java.util.Optional;

/** P2: the release branch, with the version in its files. */
public final class CutRelease implements UseCase<CutRelease.Result> {
    /** @param edits every place that carries the version, with what it held before */
    public record Result(Version version, String branch, CommitId commit, List<EditPlan.EditedPlace> edits) {}

    private final Workspace workspace;
    private final Version version;
    private final Optional<String> from;

    /** @param from a commit of trunk, instead of its head */
    public CutRelease(Workspace workspace, Version version, Optional<String> from) {
        this.workspace = workspace;
        this.version = version;
        this.from = from;
    }

    @Override
    public Planned<Result> plan() {
        ReleaseConfig config = workspace.trunkConfig();
        CommitId trunk = workspace.trunk(config);
        BranchCut.requireNew(workspace, version);
        return new BranchCut(workspace, version, version.releaseBranch()).plan(start(trunk, config), trunk);
    }

    private CommitId start(CommitId trunk, ReleaseConfig config) {
        if (from.isEmpty()) {
            return trunk;
        }
        CommitId start = workspace.git().resolveCommit(from.get());
        if (!workspace.git().isAncestor(start, trunk)) {
            throw ReleaseException.refused("Commit " + start.abbreviated() + " is not on " + config.trunk()
                    + ": a release is cut from a commit of trunk.");
        }
        return start;
    }
}
