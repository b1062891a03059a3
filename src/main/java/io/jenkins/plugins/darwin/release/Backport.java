package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.PickResult;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.model.CommitId;
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

    public Backport(Workspace workspace, Version version, List<String> commits) {
        this.workspace = workspace;
        this.version = version;
        this.commits = List.copyOf(commits);
    }

    @Override
    public Planned<Result> plan() {
        if (workspace.git().tag(version.tag()).isPresent()) {
            throw ReleaseException.refused(
                    "Version " + version + " is already released; a fix goes into the next one ('darwin hotfix').");
        }
        ReleaseLine line = ReleaseLine.of(workspace, version);
        String branch = line.requireBranch();
        CommitId head = line.requireHead();
        ReleaseConfig config = line.config();
        CommitId trunk = line.trunk();
        List<CommitInfo> onBranch = workspace.git().log(Optional.of(trunk), head);
        Plan plan = new Plan();
        CommitId tip = head;
        List<CommitId> picked = new ArrayList<>();
        for (String text : commits) {
            CommitInfo commit = workspace.git().info(workspace.git().resolveCommit(text));
            picked.add(commit.id());
            String subject = commit.id().abbreviated() + " " + commit.subject();
            if (!workspace.git().isAncestor(commit.id(), trunk)) {
                throw ReleaseException.refused("Commit " + subject + " is not on " + config.trunk()
                        + ": a fix is made on trunk first, then picked.");
            }
            if (workspace.git().isAncestor(commit.id(), head)
                    || onBranch.stream()
                            .anyMatch(c -> origins(c).contains(commit.id().sha()))) {
                plan.add(Change.done("pick", branch, subject), () -> {});
                continue;
            }
            PickResult result = workspace
                    .git()
                    .cherryPick(
                            tip, commit.id(), config.author(), workspace.clock().instant());
            if (result instanceof PickResult.Conflict conflict) {
                throw ReleaseException.refused("Commit " + subject + " does not apply to " + branch
                        + ": conflicts in " + String.join(", ", conflict.files())
                        + ". Nothing was pushed; make a fix for the branch by hand, or pick what it builds on first.");
            }
            tip = result instanceof PickResult.Picked p ? p.commit() : tip;
            plan.add(
                    result instanceof PickResult.Empty
                            ? Change.done("pick", branch, subject)
                            : Change.absent("pick", branch, subject),
                    () -> {});
        }
        CommitId end = tip;
        if (!end.equals(head)) {
            plan.add(
                    Change.replacing("branch", branch, end.abbreviated(), head.abbreviated()),
                    () -> Pushes.require(
                            workspace.git().push(List.of(RefUpdate.moveBranch(branch, head, end))), workspace));
        }
        return new Planned<>(plan, List.of(), () -> new Result(version, branch, end, picked));
    }

    private static List<String> origins(CommitInfo commit) {
        return commit.message()
                .lines()
                .filter(l -> l.startsWith("(cherry picked from commit ") && l.endsWith(")"))
                .map(l -> l.substring("(cherry picked from commit ".length(), l.length() - 1))
                .toList();
    }
}
