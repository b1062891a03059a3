package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.schedule.LineRecord;
import java.util.ArrayList;
import java.util.List;

/** A line does without a fix of trunk: recorded once with a reason, so that nobody is reminded of it again. */
public final class NotNeeded implements UseCase<Backport.Result> {
    private final Workspace workspace;
    private final Version version;
    private final List<String> commits;
    private final String reason;

    public NotNeeded(Workspace workspace, Version version, List<String> commits, String reason) {
        this.workspace = workspace;
        this.version = version;
        this.commits = List.copyOf(commits);
        this.reason = LineDays.requireReason("to do without a fix", reason);
    }

    @Override
    public Planned<Backport.Result> plan() {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        LineDays days = new LineDays(workspace, line.trunkConfig());
        LineRecord before = days.records().find(version);
        LineRecord after = before;
        List<Change> changes = new ArrayList<>();
        List<CommitId> decided = new ArrayList<>();
        for (String text : commits) {
            CommitInfo commit = workspace.git().info(Backport.commit(workspace, text));
            String subject = commit.id().abbreviated() + " " + commit.subject();
            if (!workspace.git().isAncestor(commit.id(), line.trunk())) {
                throw ReleaseException.refused(
                        "Commit " + subject + " is not on " + line.trunkConfig().trunk() + ": nothing reminds of it.");
            }
            decided.add(commit.id());
            if (after.decision(LineRecord.Sort.NOT_NEEDED, commit.id().sha()).isPresent()) {
                changes.add(Change.done("not needed", version.toString(), subject));
                continue;
            }
            changes.add(Change.absent("not needed", version.toString(), subject));
            after = after.with(
                    days.decision(LineRecord.Sort.NOT_NEEDED, commit.id().sha(), reason));
        }
        LineRecord kept = after;
        Plan plan = new Plan()
                .batch(changes, made -> days.write(kept, "Line " + version + ": " + decided.size() + " not needed"));
        return new Planned<>(
                plan,
                days.warnings(),
                () -> new Backport.Result(version, line.requireBranch(), line.requireHead(), decided));
    }
}
