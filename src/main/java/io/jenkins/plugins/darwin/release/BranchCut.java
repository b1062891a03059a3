package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Leftover;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A branch for one version, with that version in its files, in one atomic push: what a cut and a hotfix share. */
final class BranchCut {
    private final Workspace workspace;
    private final Version version;
    private final String branch;
    private final boolean noBump;

    /** @param noBump whether it is fine that no file carries the version */
    BranchCut(Workspace workspace, Version version, String branch, boolean noBump) {
        this.workspace = workspace;
        this.version = version;
        this.branch = branch;
        this.noBump = noBump;
    }

    /** @throws ReleaseException refused, when the version is released, or not above the last of its line */
    static void requireNew(Workspace workspace, Version version) {
        List<Version> versions = workspace.versions();
        if (versions.contains(version)) {
            throw ReleaseException.refused("Version " + version + " is already released: tag " + version.tag()
                    + " exists. Choose a higher one.");
        }
        versions.stream()
                .filter(version::sameLine)
                .max(Version::compareTo)
                .filter(last -> last.compareTo(version) > 0)
                .ifPresent(last -> {
                    throw ReleaseException.refused(
                            "Version " + version + " is lower than " + last + ", the latest of its line " + last.major()
                                    + "." + last.minor() + "; expected more than that.");
                });
    }

    /**
     * Done when the branch carries the bump, whatever was picked onto it since; absent when there is no branch; any other
     * branch of that name is not ours to touch.
     *
     * @param start the commit to branch from
     * @param base what the branch has beyond this is its own
     */
    UseCase.Planned<CutRelease.Result> plan(CommitId start, CommitId base) {
        Optional<CommitId> existing = workspace.git().branch(branch);
        return existing.isPresent() ? planExisting(existing.get(), base) : planNew(start);
    }

    private UseCase.Planned<CutRelease.Result> planNew(CommitId start) {
        ReleaseConfig config = workspace.config(start);
        EditPlan edits = Bump.edits(workspace, start, config, version);
        if (!noBump && !config.versionFiles().isEmpty()) {
            Bump.requireSome(edits);
        }
        List<Leftover> stays = Bump.leftovers(workspace, start, config, version, edits);
        CommitId[] commit = {start};
        Plan plan = new Plan();
        edits.contents().keySet().stream()
                .sorted()
                .forEach(file -> plan.part(Change.absent("file", file, Bump.summary(edits, file))));
        String content = edits.contents().isEmpty()
                ? "at " + start.abbreviated() + ", without a commit of its own: "
                        + (edits.places().isEmpty() ? "no file carries the version" : "the files have it already")
                : Bump.message(version) + " on " + start.abbreviated();
        plan.add(Change.absent("branch", branch, content), () -> {
            if (!edits.contents().isEmpty()) {
                commit[0] = workspace
                        .git()
                        .commit(
                                start,
                                edits.contents(),
                                config.author(),
                                config.author(),
                                workspace.clock().instant(),
                                Bump.message(version));
            }
            Pushes.require(workspace.git().push(List.of(RefUpdate.createBranch(branch, commit[0]))), workspace);
        });
        return new UseCase.Planned<>(
                plan,
                Stream.of(
                                Bump.warnings(edits, version),
                                edits.places().isEmpty() ? List.of(Bump.NOTHING) : List.<String>of(),
                                Bump.told(stays))
                        .flatMap(List::stream)
                        .toList(),
                () -> new CutRelease.Result(version, branch, commit[0], edits.places(), stays));
    }

    private UseCase.Planned<CutRelease.Result> planExisting(CommitId head, CommitId base) {
        ReleaseConfig config = workspace.config(head);
        EditPlan edits = Bump.edits(workspace, head, config, version);
        List<String> lacking = edits.places().stream()
                .filter(EditPlan.EditedPlace::changed)
                .map(p -> p.file() + ":" + p.line() + " " + p.path() + " is " + p.oldValue())
                .toList();
        boolean bumped = edits.places().isEmpty()
                || workspace.git().isAncestor(head, base)
                || workspace.git().log(Optional.of(base), head).stream()
                        .map(CommitInfo::subject)
                        .anyMatch(Bump.message(version)::equals);
        Change change = lacking.isEmpty() && bumped
                ? Change.done("branch", branch, head.toString())
                : Change.conflict(
                        "branch",
                        branch,
                        "a branch with '" + Bump.message(version) + "'",
                        head.abbreviated()
                                + (lacking.isEmpty()
                                        ? " without that commit"
                                        : " where " + String.join(", ", lacking)));
        return new UseCase.Planned<>(
                new Plan().add(change, () -> {}),
                edits.warnings(),
                () -> new CutRelease.Result(version, branch, head, edits.places(), List.of()));
    }
}
