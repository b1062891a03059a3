package io.jenkins.plugins.darwin.policy;

import io.jenkins.plugins.darwin.git.CommitForm;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.MergePlaces;
import io.jenkins.plugins.darwin.git.MergeResult;
import io.jenkins.plugins.darwin.model.BranchRules;
import io.jenkins.plugins.darwin.model.ChangeKind;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges the commits of a release branch: each is the version bump, or brings a change that trunk has and that is of an
 * accepted kind. What a message says is held against the real commits; what is proved is what the files say.
 */
public final class BranchJudge {
    private static final Pattern REVERTS = Pattern.compile("This reverts commit ([0-9a-f]{40})");
    private static final CommitForm FORM = CommitForm.plain(new Person("nobody", "nobody"), Instant.EPOCH);

    /**
     * @param trunk its last commit
     * @param madeHere whether changes are made on the branch itself and merged to trunk later, as a hotfix is
     * @param bump whether a commit is the version bump and nothing else
     */
    public record Setting(
            Version version,
            CommitId trunk,
            String trunkName,
            boolean madeHere,
            BranchRules rules,
            Waivers waivers,
            Predicate<CommitInfo> bump) {}

    private final GitMirror git;
    private final Setting setting;
    private final PickProof proof;
    private final Origins origins;
    private final ChangeRules changes;

    public BranchJudge(GitMirror git, Setting setting) {
        this.git = git;
        this.setting = setting;
        this.proof = new PickProof(git);
        this.origins = new Origins(git, setting.trunk(), setting.trunkName(), proof);
        this.changes = new ChangeRules(git, setting.rules(), wayOut(""));
    }

    /** @param commits of the branch, oldest first */
    public List<Judgement> judge(List<CommitInfo> commits) {
        Set<CommitId> takenBack = takenBack(commits);
        return commits.stream()
                .map(c -> takenBack.contains(c.id())
                        ? judgement(c, Judgement.Sort.NOTHING, Optional.empty(), List.of())
                        : judge(c))
                .toList();
    }

    /** What would be wrong with picking a commit of trunk: by its kind and its files. Waivers count by its own id. */
    public List<Violation> pickable(CommitInfo ofTrunk) {
        SortedSet<String> files = proof.changes().files(PickProof.parent(ofTrunk), ofTrunk.id());
        return changes.check(ofTrunk, files).stream()
                .map(v -> waive(v, ofTrunk, Optional.empty()))
                .toList();
    }

    private Judgement judge(CommitInfo commit) {
        if (commit.isMerge()) {
            return judgement(commit, Judgement.Sort.MERGE, Optional.empty(), merge(commit));
        }
        SortedSet<String> files = proof.changes().files(PickProof.parent(commit), commit.id());
        if (files.isEmpty()) {
            return judgement(commit, Judgement.Sort.NOTHING, Optional.empty(), List.of());
        }
        if (files.stream().allMatch(Waivers.path(setting.version())::equals)) {
            return judgement(commit, Judgement.Sort.WAIVER, Optional.empty(), List.of());
        }
        if (setting.bump().test(commit)) {
            return judgement(commit, Judgement.Sort.BUMP, Optional.empty(), List.of());
        }
        Origins.Claims claims = origins.claims(commit);
        Optional<CommitInfo> origin = claims.onTrunk().stream()
                .filter(o -> proof.brings(commit, o))
                .findFirst()
                .or(() -> proof.bringsAll(commit, claims.onTrunk())
                        ? Optional.of(claims.onTrunk().get(0))
                        : Optional.empty())
                .or(() -> origins.search(commit));
        if (origin.isPresent()) {
            List<Violation> found = new ArrayList<>();
            boolean several = claims.onTrunk().size() > 1;
            (several ? claims.onTrunk() : List.of(origin.get())).forEach(o -> found.addAll(changes.check(o, files)));
            return judgement(commit, Judgement.Sort.PICK, origin, found);
        }
        return direct(commit, claims, files);
    }

    private Judgement direct(CommitInfo commit, Origins.Claims claims, SortedSet<String> files) {
        List<Violation> found = new ArrayList<>(changes.check(commit, files));
        if (!claims.onTrunk().isEmpty()) {
            CommitInfo named = claims.onTrunk().get(0);
            List<String> other = List.copyOf(proof.differing(commit, named));
            found.add(new Violation(
                    Rule.CONTENT,
                    "it says that it was picked from " + named.id().abbreviated()
                            + ", and is not what that changed: it differs in " + ChangeRules.some(other),
                    wayOut("pick " + named.id().abbreviated()
                            + " again, "))); // a conflict that people resolved needs a waiver
        }
        claims.faults()
                .forEach(fault -> found.add(
                        new Violation(Rule.ORIGIN, fault, wayOut("pick it from " + setting.trunkName() + " again, "))));
        if (!claims.any() && !setting.madeHere()) {
            boolean onlyThat = found.isEmpty();
            found.add(new Violation(
                    Rule.TRUNK,
                    "it was made on the branch: " + setting.trunkName() + " has no such change",
                    wayOut("make it on " + setting.trunkName() + " and pick it from there, "),
                    onlyThat,
                    Optional.empty()));
        }
        return judgement(commit, Judgement.Sort.DIRECT, Optional.empty(), found);
    }

    private String wayOut(String first) {
        return first + "take it back ('git revert'), or have somebody else approve a waiver in "
                + Waivers.path(setting.version());
    }

    private List<Violation> merge(CommitInfo merge) {
        if (merge.parents().size() > 2) {
            return List.of(new Violation(
                    Rule.MERGE, "it joins " + merge.parents().size() + " lines of history: expected two", wayOut("")));
        }
        CommitId ours = merge.parents().get(0);
        CommitId theirs = merge.parents().get(1);
        for (CommitId base : git.mergeBases(setting.trunk(), theirs)) {
            if (!git.isAncestor(base, ours)) {
                int count = git.log(Optional.of(ours), base).size();
                return List.of(new Violation(
                        Rule.MERGE,
                        "it merges " + setting.trunkName() + " into the branch: " + count
                                + (count == 1 ? " commit comes" : " commits come") + " with it that nobody picked",
                        wayOut("")));
            }
        }
        CommitId expected;
        MergeResult again = git.merge(ours, theirs, MergePlaces.none(), FORM, "judged");
        if (again instanceof MergeResult.Merged merged) {
            expected = merged.commit();
        } else if (again instanceof MergeResult.FastForward) {
            expected = theirs;
        } else if (again instanceof MergeResult.AlreadyMerged) {
            expected = ours;
        } else {
            return List.of(new Violation(
                    Rule.CONTENT,
                    "it joins what does not merge by itself (" + ((MergeResult.Conflict) again).describe()
                            + "): what people made of it is proved by nothing",
                    wayOut("")));
        }
        List<String> more = List.copyOf(proof.changes().files(Optional.of(expected), merge.id()));
        return more.isEmpty()
                ? List.of()
                : List.of(new Violation(
                        Rule.CONTENT, "it changes more than it merges: " + ChangeRules.some(more), wayOut("")));
    }

    /** Pairs of commits of the branch that cancel each other, looked for from the newest back. */
    private Set<CommitId> takenBack(List<CommitInfo> commits) {
        Map<CommitId, CommitInfo> before = new HashMap<>();
        commits.forEach(c -> before.put(c.id(), c));
        Set<CommitId> found = new HashSet<>();
        for (int i = commits.size() - 1; i >= 0; i--) {
            CommitInfo revert = commits.get(i);
            before.remove(revert.id());
            Matcher m = REVERTS.matcher(revert.message());
            while (!found.contains(revert.id()) && m.find()) {
                CommitInfo reverted = before.get(new CommitId(m.group(1)));
                if (reverted != null
                        && !found.contains(reverted.id())
                        && reverted.parents().size() == 1
                        && revert.parents().size() == 1
                        && proof.fingerprint(revert).equals(proof.reverse(reverted))) {
                    found.add(revert.id());
                    found.add(reverted.id());
                }
            }
        }
        return found;
    }

    private Judgement judgement(
            CommitInfo commit, Judgement.Sort sort, Optional<CommitInfo> origin, List<Violation> violations) {
        return new Judgement(
                commit.id(),
                commit.author(),
                commit.subject(),
                sort,
                sort == Judgement.Sort.BUMP || sort == Judgement.Sort.MERGE
                        ? ChangeKind.CHORE
                        : changes.kind(origin.orElse(commit)),
                origin.map(CommitInfo::id),
                violations.stream().map(v -> waive(v, commit, origin)).toList());
    }

    /** Nobody who made the change lets it pass. */
    private Violation waive(Violation violation, CommitInfo commit, Optional<CommitInfo> origin) {
        List<Waiver> covering = setting.waivers().good().stream()
                .filter(w -> w.covers(commit.id(), violation.rule())
                        || origin.filter(o -> w.covers(o.id(), violation.rule()))
                                .isPresent())
                .toList();
        Optional<Waiver> counts = covering.stream()
                .filter(w -> !Waiver.same(w.approver(), commit.author()))
                .findFirst();
        if (counts.isPresent()) {
            return violation.waivedBy(counts.get());
        }
        return covering.isEmpty()
                ? violation
                : new Violation(
                        violation.rule(),
                        violation.detail() + " (the waiver on line "
                                + covering.get(0).line() + " does not count: "
                                + covering.get(0).approver() + " made the commit)",
                        violation.wayOut(),
                        violation.direct(),
                        Optional.empty());
    }
}
