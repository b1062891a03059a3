package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.CommitForm;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.PickResult;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** P3.2 in its plain form: commits of trunk, picked onto the release branch in memory, in one push. */
public final class Backport implements UseCase<Backport.Result> {
    /** @param commit the branch's head */
    public record Result(Version version, String branch, CommitId commit, List<CommitId> picked) {}

    private final Workspace workspace;
    private final Version version;
    private final List<String> commits;
    private final Optional<Integer> mainline;

    public Backport(Workspace workspace, Version version, List<String> commits) {
        this(workspace, version, commits, Optional.empty());
    }

    /**
     * @param mainline of merges among them, the number of the parent (first is 1) that they are picked against; by default
     *     the first, which is trunk as it was, so that the whole pull request is picked
     */
    public Backport(Workspace workspace, Version version, List<String> commits, Optional<Integer> mainline) {
        this.workspace = workspace;
        this.version = version;
        this.commits = List.copyOf(commits);
        this.mainline = mainline;
    }

    @Override
    public Planned<Result> plan() {
        if (workspace.tagged(version).isPresent()) {
            throw ReleaseException.refused(
                    "Version " + version + " is already released; a fix goes into the next one.",
                    Next.of(Next.Act.HOTFIX));
        }
        ReleaseLine line = ReleaseLine.of(workspace, version);
        String branch = line.requireBranch();
        CommitId head = line.requireHead();
        ReleaseConfig config = line.config();
        CommitId trunk = line.trunk();
        List<CommitInfo> onBranch = workspace.git().log(Optional.of(trunk), head);
        Commits making = new Commits(workspace, config, version);
        List<Change> changes = new ArrayList<>();
        CommitId tip = head;
        List<CommitId> picked = new ArrayList<>();
        List<CommitId> fresh = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (String text : commits) {
            CommitInfo commit = workspace.git().info(commit(workspace, text));
            picked.add(commit.id());
            String subject = commit.id().abbreviated() + " " + commit.subject() + brought(commit);
            if (!workspace.git().isAncestor(commit.id(), trunk)) {
                throw ReleaseException.refused("Commit " + subject + " is not on " + config.trunk()
                        + ": a fix is made on trunk first, then picked.");
            }
            if (workspace.git().isAncestor(commit.id(), head)
                    || onBranch.stream()
                            .anyMatch(c -> origins(c).contains(commit.id().sha()))) {
                changes.add(Change.done("pick", branch, subject));
                continue;
            }
            warnings.addAll(JudgeBranch.requirePickable(workspace, line, commit));
            PickResult result =
                    workspace.git().cherryPick(tip, commit.id(), Optional.of(mainline.orElse(1)), making.draft());
            if (result instanceof PickResult.Conflict conflict) {
                throw ReleaseException.refused("Commit " + subject + " does not apply to " + branch
                        + ": " + conflict.describe()
                        + ". Nothing was pushed; make a fix for the branch by hand, or pick what it builds on first.");
            }
            if (result instanceof PickResult.Picked p) {
                tip = p.commit();
                fresh.add(commit.id());
            }
            changes.add(
                    result instanceof PickResult.Empty
                            ? Change.done("pick", branch, subject)
                            : Change.absent("pick", branch, subject));
        }
        CommitId[] end = {tip};
        if (!tip.equals(head)) {
            making.requireKey();
            changes.add(Change.replacing("branch", branch, tip.abbreviated(), head.abbreviated()));
        }
        Plan plan = new Plan()
                .batch(
                        changes,
                        made -> { // one push brings all of them
                            end[0] = pickAll(head, fresh, making.on(branch));
                            Pushes.require(
                                    workspace.git().push(List.of(RefUpdate.moveBranch(branch, head, end[0]))),
                                    workspace);
                        });
        return new Planned<>(plan, warnings, () -> new Result(version, branch, end[0], picked));
    }

    /** A commit by its id, or a branch's head by its name. */
    static CommitId commit(Workspace workspace, String text) {
        if (text.matches("[0-9a-f]{4,40}")) {
            return workspace.git().resolveCommit(text);
        }
        return workspace.git().requireBranch(text);
    }

    /** The commits as they are pushed: those of the plan were a draft. */
    private CommitId pickAll(CommitId head, List<CommitId> fresh, CommitForm form) {
        CommitId tip = head;
        for (CommitId commit : fresh) {
            PickResult result = workspace.git().cherryPick(tip, commit, Optional.of(mainline.orElse(1)), form);
            tip = result instanceof PickResult.Picked p ? p.commit() : tip;
        }
        return tip;
    }

    /** What a merge brings: whoever names the wrong parent sees it in the plan. */
    private String brought(CommitInfo commit) {
        int parent = mainline.orElse(1);
        if (!commit.isMerge() || parent < 1 || parent > commit.parents().size()) {
            return "";
        }
        int count = workspace
                        .git()
                        .log(Optional.of(commit.parents().get(parent - 1)), commit.id())
                        .size()
                - 1; // the merge itself
        return " (a merge of " + count + (count == 1 ? " commit)" : " commits)");
    }

    private static List<String> origins(CommitInfo commit) {
        return commit.message()
                .lines()
                .filter(l -> l.startsWith("(cherry picked from commit ") && l.endsWith(")"))
                .map(l -> l.substring("(cherry picked from commit ".length(), l.length() - 1))
                .toList();
    }
}
