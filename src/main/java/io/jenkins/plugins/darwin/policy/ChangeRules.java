package io.jenkins.plugins.darwin.policy;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.model.BranchRules;
import io.jenkins.plugins.darwin.model.ChangeKind;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.notes.ChangeKinds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Which kinds of changes are accepted, and where (process document, 3.1). */
final class ChangeRules {
    private static final int MOST_NAMED = 5;

    private final GitMirror git;
    private final BranchRules rules;
    private final String wayOut;

    /** @param wayOut what people can do about a change that is not accepted */
    ChangeRules(GitMirror git, BranchRules rules, String wayOut) {
        this.git = git;
        this.rules = rules;
        this.wayOut = wayOut;
    }

    /** What a commit is made of: itself, or of a merge what it merged. */
    List<CommitInfo> parts(CommitInfo commit) {
        if (!commit.isMerge()) {
            return List.of(commit);
        }
        List<CommitInfo> merged = git.log(Optional.of(commit.parents().get(0)), commit.id()).stream()
                .filter(c -> !c.isMerge())
                .toList();
        return merged.isEmpty() ? List.of(commit) : merged;
    }

    /** The kind of all of it: the first that is not accepted, else the first. */
    ChangeKind kind(CommitInfo commit) {
        List<ChangeKind> kinds =
                parts(commit).stream().map(c -> ChangeKinds.of(c.message())).toList();
        return kinds.stream()
                .filter(k -> !rules.allow().contains(k))
                .findFirst()
                .orElseGet(() -> kinds.get(kinds.size() - 1));
    }

    /**
     * @param told the commit whose message counts: trunk's, where there is one
     * @param files that are changed on the branch
     */
    List<Violation> check(CommitInfo told, SortedSet<String> files) {
        List<Violation> found = new ArrayList<>();
        Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
        for (CommitInfo part : parts(told)) {
            ChangeKind kind = ChangeKinds.of(part.message());
            kinds.add(kind);
            String named = "'" + ForeignText.shown(part.subject()) + "'"
                    + (part.id().equals(told.id()) ? "" : ", which the merge brings,");
            if (!rules.allow().contains(kind)) {
                found.add(new Violation(
                        kind == ChangeKind.UPGRADE ? Rule.UPGRADE : Rule.KIND,
                        named + " is " + kind.phrase() + ": accepted are " + words(rules.allow()),
                        kind == ChangeKind.OTHER
                                ? "say what it is with a type before the subject on trunk (fix: ...), " + wayOut
                                : wayOut));
            }
            if (ChangeKinds.breaks(part.message())) {
                found.add(
                        new Violation(Rule.BREAKING, named + " breaks users: a patch of a release never does", wayOut));
            }
        }
        boolean upgradeTold = found.stream().anyMatch(v -> v.rule() == Rule.UPGRADE);
        if (!upgradeTold
                && !rules.allow().contains(ChangeKind.UPGRADE)
                && !kinds.contains(ChangeKind.SECURITY)
                && !kinds.equals(EnumSet.of(ChangeKind.REVERT))) {
            List<String> locks = files.stream().filter(Dependencies::isLocked).toList();
            if (!locks.isEmpty()) {
                found.add(new Violation(
                        Rule.UPGRADE,
                        "it changes " + some(locks) + ", which makes it an upgrade of dependencies: accepted only as a"
                                + " security fix (security: ..., or naming the CVE)",
                        wayOut));
            }
        }
        rules.paths().forEach(rule -> path(rule, files, kinds).ifPresent(found::add));
        return found;
    }

    private Optional<Violation> path(BranchRules.PathRule rule, SortedSet<String> files, Set<ChangeKind> kinds) {
        if (rule.allow().containsAll(kinds)) {
            return Optional.empty();
        }
        Glob glob = Glob.parse(rule.files());
        List<String> touched = files.stream().filter(glob::matches).toList();
        return touched.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        Rule.PATH,
                        "it changes " + some(touched) + ": for " + rule.files() + " accepted are "
                                + (rule.allow().isEmpty() ? "no changes at all" : words(rule.allow())),
                        wayOut));
    }

    static String some(List<String> files) {
        return files.stream().limit(MOST_NAMED).map(ForeignText::shown).collect(Collectors.joining(", "))
                + (files.size() > MOST_NAMED ? " and " + (files.size() - MOST_NAMED) + " more" : "");
    }

    private static String words(Set<ChangeKind> kinds) {
        return kinds.stream()
                .sorted(Comparator.naturalOrder())
                .map(ChangeKind::word)
                .collect(Collectors.joining(", "));
    }
}
