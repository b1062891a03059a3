package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Leftover;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Outcome;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** P2: the release branch, with the version in its files. */
public final class CutRelease implements UseCase<CutRelease.Result> {
    /**
     * @param edits every place that carries the version, with what it held before
     * @param stays lines that keep an old version, where the branch was made by this run
     */
    public record Result(
            Version version, String branch, CommitId commit, List<EditPlan.EditedPlace> edits, List<Leftover> stays) {}

    private final Workspace workspace;
    private final Version version;
    private final Optional<String> from;
    private final boolean noBump;
    private Optional<String> despiteFreeze = Optional.empty();

    /** @param from a commit of trunk, instead of its head */
    public CutRelease(Workspace workspace, Version version, Optional<String> from) {
        this(workspace, version, from, false);
    }

    /** @param noBump whether to go on when no file carries the version */
    public CutRelease(Workspace workspace, Version version, Optional<String> from, boolean noBump) {
        this.workspace = workspace;
        this.version = version;
        this.from = from;
        this.noBump = noBump;
    }

    /** Goes on in a freeze window, for a reason that the line's record keeps. */
    public CutRelease despiteFreeze(Optional<String> reason) {
        despiteFreeze = reason;
        return this;
    }

    @Override
    public Outcome<Result> run(boolean dryRun, Progress progress) {
        if (!dryRun && isNew()) {
            guard().record(workspace.trunkConfig());
        }
        return UseCase.super.run(dryRun, progress);
    }

    @Override
    public Planned<Result> plan() {
        ReleaseConfig config = workspace.trunkConfig();
        CommitId trunk = workspace.trunk(config);
        BranchCut.requireNew(workspace, version);
        String branch = workspace.names().branch(version);
        CommitId start = start(trunk, config);
        List<String> warnings = new ArrayList<>();
        if (isNew()) {
            guard().require(config).ifPresent(warnings::add);
        }
        if (isNew() || workspace.names().sharedBranch()) { // else what is there was decided
            CommitId until = workspace.git().branch(branch).orElse(start);
            VersionAdvice.require(workspace, config, version, until).ifPresent(warnings::add);
        }
        Planned<Result> cut = new BranchCut(workspace, config, version, branch, noBump).plan(start, trunk);
        warnings.addAll(cut.warnings());
        return new Planned<>(cut.plan(), warnings, cut.result());
    }

    /** A second run of a cut that was made asks nobody. */
    private boolean isNew() {
        return !workspace.git().isEmpty()
                && workspace.git().branch(workspace.names().branch(version)).isEmpty();
    }

    private FreezeGuard guard() {
        return new FreezeGuard(workspace, version, "cut", despiteFreeze);
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
