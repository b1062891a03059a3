package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.Leftover;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitNames;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.image.CheckoutCommands;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A branch for one version, with that version in its files, in one atomic push: what a cut and a hotfix share. */
final class BranchCut {
    private final Workspace workspace;
    private final Version version;
    private final String branch;
    private final boolean noBump;
    private final ReleaseConfig trunkConfig;

    /** @param noBump whether it is fine that no file carries the version */
    BranchCut(Workspace workspace, ReleaseConfig trunkConfig, Version version, String branch, boolean noBump) {
        this.trunkConfig = trunkConfig;
        this.workspace = workspace;
        this.version = version;
        this.branch = branch;
        this.noBump = noBump;
    }

    /** @throws ReleaseException refused, when the version is released, or not above the last of its line */
    static void requireNew(Workspace workspace, Version version) {
        List<Version> versions = workspace.versions();
        if (versions.contains(version)) {
            throw ReleaseException.refused("Version " + version + " is already released: tag "
                    + workspace.tagName(version) + " exists. Choose a higher one.");
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
     * Git keeps refs as it keeps files: a name can't be that of a folder of other names.
     *
     * @throws ReleaseException refused, when a branch or tag makes the version's own branch or tag impossible
     */
    static void requireFree(Workspace workspace, Version version, String branch) {
        List<String> problems = new ArrayList<>();
        GitNames.blocker(branch, workspace.git().branches().keySet())
                .ifPresent(b -> problems.add(blocked("branch", b, branch)));
        String tag = workspace.names().tag(version);
        GitNames.blocker(tag, workspace.git().tags().keySet()).ifPresent(t -> problems.add(blocked("tag", t, tag)));
        if (!problems.isEmpty()) {
            throw ReleaseException.refused(String.join(" ", problems));
        }
    }

    private static String blocked(String kind, String there, String wanted) {
        return "The " + kind + " '" + there + "' stands in the way: Git can't have a " + kind + " '" + wanted
                + "' beside it, as a folder can't have a file's name; rename or delete '" + there
                + "', or choose another"
                + " name with '" + kind + ":' in darwin-release.yaml.";
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
        if (existing.isEmpty()) {
            requireFree(workspace, version, branch);
            return planNew(start, Optional.empty());
        }
        // The branch of a line has a bump for each of its versions, one after another.
        return workspace.names().sharedBranch() && !bumped(existing.get(), base)
                ? planNew(existing.get(), existing)
                : planExisting(existing.get(), base);
    }

    private boolean bumped(CommitId head, CommitId base) {
        return workspace.git().log(Optional.of(base), head).stream()
                .map(CommitInfo::subject)
                .anyMatch(Bump.message(trunkConfig, version)::equals);
    }

    /** @param onto what the branch holds; empty when it is made */
    private UseCase.Planned<CutRelease.Result> planNew(CommitId start, Optional<CommitId> onto) {
        ReleaseConfig config = workspace.config(start);
        Commits making = new Commits(workspace, trunkConfig, version);
        making.requireKey();
        EditPlan edits = Bump.edits(workspace, start, config, version);
        if (!noBump && !config.versionFiles().isEmpty()) {
            Bump.requireSome(edits);
        }
        List<Leftover> stays = Bump.leftovers(workspace, start, config, version, edits);
        CommitId[] commit = {start};
        List<Change> changes = new ArrayList<>();
        edits.contents().keySet().stream()
                .sorted()
                .forEach(file -> changes.add(Change.absent("file", file, Bump.summary(edits, file))));
        String message = Bump.message(trunkConfig, version);
        String content = edits.contents().isEmpty()
                ? "at " + start.abbreviated() + ", without a commit of its own: "
                        + (edits.places().isEmpty() ? "no file carries the version" : "the files have it already")
                : message + " on " + start.abbreviated();
        List<String> commands = trunkConfig.afterBump().commands();
        commands.forEach(command -> changes.add(Change.absent("command", command, "run in a checkout of the bump")));
        changes.add(Change.absent("branch", branch, content));
        Plan plan = new Plan()
                .batch(
                        changes,
                        made -> { // one push brings all of it
                            Map<String, byte[]> contents = regenerated(start, edits.contents());
                            if (!contents.isEmpty()) {
                                commit[0] = workspace.git().commit(start, contents, making.on(branch), message);
                            }
                            RefUpdate update = onto.map(old -> RefUpdate.moveBranch(branch, old, commit[0]))
                                    .orElseGet(() -> RefUpdate.createBranch(branch, commit[0]));
                            Pushes.require(workspace.git().push(List.of(update)), workspace);
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

    /** With what the project's own commands make of the bumped files. */
    private Map<String, byte[]> regenerated(CommitId start, Map<String, byte[]> bumped) {
        List<String> commands = trunkConfig.afterBump().commands();
        if (commands.isEmpty()) {
            return bumped;
        }
        List<Glob> adds =
                trunkConfig.afterBump().adds().stream().map(Glob::parse).toList();
        CheckoutCommands checkout = new CheckoutCommands(
                workspace.git().workTree(start, workspace.progress()),
                bumped,
                version,
                workspace.git().info(start).committerTime(),
                workspace.environment(),
                workspace.dist().resolve("logs").resolve(version + "-bump").resolve("afterBump.log"),
                workspace.scratch(),
                workspace.progress());
        Map<String, byte[]> all = new TreeMap<>(bumped);
        workspace
                .git()
                .withoutLock(() ->
                        all.putAll(checkout.run(commands, path -> adds.stream().anyMatch(glob -> glob.matches(path)))));
        return all;
    }

    private UseCase.Planned<CutRelease.Result> planExisting(CommitId head, CommitId base) {
        ReleaseConfig config = workspace.config(head);
        EditPlan edits = Bump.edits(workspace, head, config, version);
        List<String> lacking = edits.places().stream()
                .filter(EditPlan.EditedPlace::changed)
                .map(p -> p.file() + ":" + p.line() + " " + p.path() + " is " + p.oldValue())
                .toList();
        boolean bumped = edits.places().isEmpty() || workspace.git().isAncestor(head, base) || bumped(head, base);
        Change change = lacking.isEmpty() && bumped
                ? Change.done("branch", branch, head.toString())
                : Change.conflict(
                        "branch",
                        branch,
                        "a branch with '" + Bump.message(trunkConfig, version) + "'",
                        head.abbreviated()
                                + (lacking.isEmpty()
                                        ? " without that commit"
                                        : " where " + String.join(", ", lacking)));
        return new UseCase.Planned<>(
                new Plan().shown(change),
                edits.warnings(),
                () -> new CutRelease.Result(version, branch, head, edits.places(), List.of()));
    }
}
