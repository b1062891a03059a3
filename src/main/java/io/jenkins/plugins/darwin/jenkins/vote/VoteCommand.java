package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code java -jar jenkins-cli.jar darwin-vote JOB BUILD --vote +1}: a ballot, or without {@code --vote} how it stands. */
@Extension
public final class VoteCommand extends CLICommand {
    @Argument(index = 0, metaVar = "JOB", required = true, usage = "Full name of the job")
    public String job;

    @Argument(index = 1, metaVar = "BUILD", required = true, usage = "Number of the build")
    public int build;

    @Option(name = "--gate", metaVar = "ID", usage = "Which vote of the build, such as 1.3.0-RC1; default: the newest")
    public String gate;

    @Option(name = "--vote", metaVar = "VOTE", usage = "+1, 0 or -1; without it the vote is only shown")
    public String vote;

    @Option(name = "--digest", metaVar = "DIGEST", usage = "The candidate that you looked at; needed to vote")
    public String digest;

    @Option(name = "--reason", metaVar = "TEXT", usage = "Needed for a -1, at least 10 characters")
    public String reason;

    @Option(
            name = "--check",
            metaVar = "ITEM=MARK",
            usage = "An item of the checklist: passed, failed or not-run; may be repeated")
    public List<String> checks = new ArrayList<>();

    @Option(name = "--id", metaVar = "ID", usage = "Of the ballot: sent twice, it counts once")
    public String id;

    @Override
    public String getName() {
        return "darwin-vote";
    }

    @Override
    public String getShortDescription() {
        return Messages.VoteCommand_ShortDescription();
    }

    @Override
    protected int run() {
        try {
            VoteGate found = find();
            if (vote != null) {
                Ballots.requireCounted(new Ballots(found).cast(request()));
            }
            stdout.println(found.getId() + " " + found.vote().digest() + " until "
                    + found.vote().deadline());
            stdout.println(found.getView().getState());
            return 0;
        } catch (ReleaseException e) {
            stderr.println(e.getMessage());
            return e.kind().exitCode();
        }
    }

    private VoteGate find() {
        Job<?, ?> found = Jenkins.get().getItemByFullName(job, Job.class);
        Run<?, ?> run = found == null || !found.hasPermission(Item.READ) ? null : found.getBuildByNumber(build);
        VoteAction action = run == null ? null : run.getAction(VoteAction.class);
        List<VoteGate> gates = action == null ? List.of() : action.getGates();
        return gates.stream()
                .filter(g -> gate == null || g.getId().equals(gate))
                .reduce((a, b) -> b)
                .orElseThrow(() -> ReleaseException.usage(
                        "There is no vote " + (gate == null ? "" : gate + " ") + "in " + job + " #" + build + "."));
    }

    private GateRequest request() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "choice", vote);
        put(fields, "digest", digest);
        put(fields, "reason", reason);
        put(fields, "id", id);
        Map<String, String> marks = new LinkedHashMap<>();
        for (String check : checks) {
            int equals = check.lastIndexOf('=');
            if (equals < 1) {
                throw ReleaseException.usage(
                        "Not a check: expected ITEM=MARK, for example installation=passed, found '" + check + "'.");
            }
            marks.put(check.substring(0, equals), check.substring(equals + 1));
        }
        return new GateRequest(fields, marks);
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
