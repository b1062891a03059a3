package io.jenkins.plugins.darwin.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.edit.EditPlan;
import io.jenkins.plugins.darwin.git.CommitChanges;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.BranchRules;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.policy.BranchJudge;
import io.jenkins.plugins.darwin.policy.Judgement;
import io.jenkins.plugins.darwin.policy.Violation;
import io.jenkins.plugins.darwin.policy.Waiver;
import io.jenkins.plugins.darwin.policy.Waivers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** P3.1 and P3.2: whether every commit of a release branch since the cut may be on it, by trunk's rules. It only looks. */
public final class JudgeBranch {
    /** Violations that a sentence names; 'darwin policy' has all. */
    private static final int MOST_NAMED = 5;

    /**
     * @param branch or the range that was asked for
     * @param policy what trunk says: refuse, warn or off
     * @param commits oldest first
     * @param waivers that count
     * @param waiverProblems sentences about those that don't
     */
    public record Result(
            Version version,
            String branch,
            CommitId head,
            String policy,
            List<Judgement> commits,
            List<Waiver> waivers,
            @JsonIgnore List<String> waiverProblems,
            @JsonIgnore BranchRules rules) {
        /** Whether anything is wrong that trunk's rules refuse and nobody let pass. */
        @JsonIgnore
        public boolean refused() {
            return rules.mode() == BranchRules.Mode.REFUSE
                    && (!waiverProblems.isEmpty()
                            || commits.stream().anyMatch(c -> !c.open().isEmpty()));
        }

        /** A line for each commit and each thing that is wrong. */
        public List<Check> checks() {
            List<Check> checks = new ArrayList<>();
            for (Judgement commit : commits) {
                String subject = subject(commit);
                if (commit.violations().isEmpty()) {
                    checks.add(Check.passed(
                            commit.sort().name().toLowerCase(java.util.Locale.ROOT), subject, good(commit)));
                }
                for (Violation violation : commit.violations()) {
                    String detail = sentence(violation) + " (by " + commit.author() + ")";
                    checks.add(
                            violation.waiver().isPresent() || rules.mode() != BranchRules.Mode.REFUSE
                                    ? Check.skipped(violation.rule().word(), subject, detail)
                                    : Check.failed(violation.rule().word(), subject, detail));
                }
            }
            waiverProblems.forEach(p -> checks.add(
                    rules.mode() == BranchRules.Mode.REFUSE
                            ? Check.failed("waiver", Waivers.path(version), p)
                            : Check.skipped("waiver", Waivers.path(version), p)));
            return checks;
        }

        private static String good(Judgement commit) {
            return switch (commit.sort()) {
                case BUMP -> "the version in its files, and nothing else";
                case PICK ->
                    commit.kind().phrase() + " of "
                            + commit.origin().map(CommitId::abbreviated).orElseThrow() + " on trunk";
                case DIRECT -> commit.kind().phrase() + ", made on the branch as a hotfix is";
                case MERGE -> "joins commits that are judged one by one";
                case WAIVER -> "changes the waivers alone";
                case NOTHING -> "changes nothing, or is taken back";
            };
        }
    }

    private JudgeBranch() {}

    /** The branch of a version, to its head. */
    public static Result of(Workspace workspace, Version version) {
        ReleaseLine line = ReleaseLine.of(workspace, version);
        return of(workspace, line, line.requireHead());
    }

    /** The branch of a version, to one of its commits. */
    static Result of(Workspace workspace, ReleaseLine line, CommitId head) {
        String branch = line.branch().orElse(head.abbreviated());
        return judge(workspace, line, branch, head, sinceCut(workspace, line, head));
    }

    /**
     * Commits that somebody wants to have on the branch, such as those of a pull request.
     *
     * @param range {@code A..B} of branches or commits; without A, what the branch of the version has not
     */
    public static Result ofRange(Workspace workspace, Version version, String range) {
        int dots = range.indexOf("..");
        if (dots < 0 || range.indexOf("..", dots + 1) >= 0 || dots + 2 == range.length()) {
            throw ReleaseException.usage("Not a range: expected A..B or ..B, of branches or commits, found '"
                    + Version.printable(range) + "'.");
        }
        ReleaseLine line = ReleaseLine.of(workspace, version);
        CommitId from = dots == 0 ? line.requireHead() : commit(workspace, range.substring(0, dots));
        CommitId to = commit(workspace, range.substring(dots + 2));
        List<CommitInfo> commits = new ArrayList<>(workspace.git().log(Optional.of(from), to));
        Collections.reverse(commits);
        return judge(workspace, line, range, to, commits);
    }

    private static CommitId commit(Workspace workspace, String name) {
        return Backport.commit(workspace, name);
    }

    /** Oldest first: neither trunk's nor those of an earlier release. */
    private static List<CommitInfo> sinceCut(Workspace workspace, ReleaseLine line, CommitId head) {
        GitMirror git = workspace.git();
        Set<CommitId> earlier = new HashSet<>();
        workspace
                .previous(line.version())
                .flatMap(workspace::tagged)
                .map(TagRef::commit)
                .ifPresent(tag -> git.log(Optional.of(line.trunk()), tag).forEach(c -> earlier.add(c.id())));
        List<CommitInfo> commits = git.log(Optional.of(line.trunk()), head).stream()
                .filter(c -> !earlier.contains(c.id()))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(commits);
        return commits;
    }

    private static Result judge(
            Workspace workspace, ReleaseLine line, String name, CommitId head, List<CommitInfo> commits) {
        BranchRules rules = line.trunkConfig().process().branch();
        Waivers waivers = waivers(workspace, line, head);
        return new Result(
                line.version(),
                name,
                head,
                rules.mode().word(),
                judge(workspace, line, waivers).judge(commits),
                waivers.good(),
                waivers.problems(),
                rules);
    }

    private static BranchJudge judge(Workspace workspace, ReleaseLine line, Waivers waivers) {
        boolean hotfix = line.branch().filter(b -> b.startsWith("hotfix/")).isPresent();
        return new BranchJudge(
                workspace.git(),
                new BranchJudge.Setting(
                        line.version(),
                        line.trunk(),
                        line.trunkConfig().trunk(),
                        hotfix,
                        line.trunkConfig().process().branch(),
                        waivers,
                        commit -> isBump(workspace, line, commit)));
    }

    static Waivers waivers(Workspace workspace, ReleaseLine line, CommitId at) {
        String path = Waivers.path(line.version());
        return workspace
                .git()
                .tree(at)
                .read(path)
                .map(bytes -> Waivers.read(
                        path, bytes, line.trunkConfig().process().schedule().maintainers()))
                .orElseGet(Waivers::none);
    }

    /** Whether nothing but the places that carry the version is another: both sides, bumped, are the same. */
    private static boolean isBump(Workspace workspace, ReleaseLine line, CommitInfo commit) {
        if (commit.parents().size() != 1) {
            return false;
        }
        CommitId parent = commit.parents().get(0);
        try {
            ReleaseConfig config = line.config(parent);
            EditPlan before = Bump.edits(workspace, parent, config, line.version());
            Set<String> carriers =
                    before.places().stream().map(EditPlan.EditedPlace::file).collect(Collectors.toSet());
            if (!carriers.containsAll(new CommitChanges(workspace.git()).files(Optional.of(parent), commit.id()))) {
                return false;
            }
            EditPlan after = Bump.edits(workspace, commit.id(), config, line.version());
            Commits making = new Commits(workspace, line.trunkConfig(), line.version());
            return workspace
                    .git()
                    .sameFiles(
                            workspace.git().commit(parent, before.contents(), making.draft(), "judged"),
                            workspace.git().commit(commit.id(), after.contents(), making.draft(), "judged"));
        } catch (ReleaseException e) {
            return false; // its configuration or its files can't be read: then it is no plain bump
        }
    }

    /**
     * Lets a candidate's commit go on, or not.
     *
     * @param then what is refused: {@code is built}
     * @return what people should know all the same: violations that trunk lets pass, waivers
     * @throws ReleaseException refused, naming what is wrong
     */
    static List<String> require(Workspace workspace, ReleaseLine line, CommitId commit, String then) {
        BranchRules rules = line.trunkConfig().process().branch();
        if (rules.mode() == BranchRules.Mode.OFF) {
            return List.of();
        }
        Result result = of(workspace, line, commit);
        List<String> refused = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Judgement judged : result.commits()) {
            for (Violation violation : judged.violations()) {
                String sentence = subject(judged) + " by "
                        + ForeignText.shown(judged.author().name()) + ": "
                        + violation.rule().word() + ": " + sentence(violation);
                boolean passes = violation.waiver().isPresent()
                        || rules.mode() == BranchRules.Mode.WARN
                        || violation.direct() && rules.direct() == BranchRules.Mode.WARN;
                (passes ? told : refused).add(sentence);
            }
        }
        (rules.mode() == BranchRules.Mode.WARN ? told : refused).addAll(result.waiverProblems());
        if (!refused.isEmpty()) {
            throw ReleaseException.refused(
                    "Nothing " + then + ", because " + result.branch()
                            + " has what may not be on it after the cut: "
                            + Stream.concat(
                                            refused.stream().limit(MOST_NAMED),
                                            refused.size() > MOST_NAMED
                                                    ? Stream.of((refused.size() - MOST_NAMED) + " more")
                                                    : Stream.empty())
                                    .collect(Collectors.joining("; "))
                            + "; how strict this is, trunk's 'policy' says.",
                    Next.of(Next.Act.JUDGE_BRANCH, line.version()));
        }
        return told;
    }

    /** @throws ReleaseException refused, when a commit of trunk is of no kind that may be picked, and nobody waived that */
    static List<String> requirePickable(Workspace workspace, ReleaseLine line, CommitInfo ofTrunk) {
        BranchRules rules = line.trunkConfig().process().branch();
        if (rules.mode() == BranchRules.Mode.OFF) {
            return List.of();
        }
        Waivers waivers = waivers(workspace, line, line.requireHead());
        List<Violation> found = judge(workspace, line, waivers).pickable(ofTrunk);
        List<String> refused = rules.mode() == BranchRules.Mode.WARN
                ? List.of()
                : found.stream()
                        .filter(v -> v.waiver().isEmpty())
                        .map(v -> v.rule().word() + ": " + v.detail())
                        .toList();
        if (!refused.isEmpty()) {
            throw ReleaseException.refused("Commit " + ofTrunk.id().abbreviated() + " may not be picked onto "
                    + line.requireBranch() + ": " + String.join("; ", refused)
                    + ". Nothing was pushed; leave it for the next release, or have somebody else approve a waiver for "
                    + ofTrunk.id().abbreviated() + " in " + Waivers.path(line.version()) + " on the branch.");
        }
        return found.stream()
                .map(v -> ofTrunk.id().abbreviated() + " " + ForeignText.shown(ofTrunk.subject()) + ": " + sentence(v))
                .toList();
    }

    private static String subject(Judgement commit) {
        return commit.commit().abbreviated() + " '" + ForeignText.shown(commit.subject()) + "'";
    }

    private static String sentence(Violation violation) {
        return violation.detail()
                + violation.waiver().map(w -> "; " + w.describe()).orElseGet(() -> "; " + violation.wayOut());
    }
}
