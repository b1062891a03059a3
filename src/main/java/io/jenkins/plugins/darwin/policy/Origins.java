package io.jenkins.plugins.darwin.policy;

import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;

/** Where on trunk a commit comes from: what its message says, held against the real commits, or found by what it changes. */
final class Origins {
    private static final Pattern CLAIM =
            Pattern.compile("(?m)^\\s*\\(cherry picked from commit ([0-9a-fA-F]{4,64})\\)");
    /** A backport of a backport of a backport. */
    private static final int DEEPEST = 5;
    /** Commits of trunk that a change is looked for in. */
    private static final int MOST = 5000;

    private final GitMirror git;
    private final CommitId trunk;
    private final String trunkName;
    private final PickProof proof;
    /** Commits of trunk since the cut, by what they touch. */
    private Map<SortedSet<String>, List<CommitInfo>> sinceCut;

    Origins(GitMirror git, CommitId trunk, String trunkName, PickProof proof) {
        this.git = git;
        this.trunk = trunk;
        this.trunkName = trunkName;
        this.proof = proof;
    }

    /**
     * What became of a commit's claims.
     *
     * @param onTrunk the commits that it names, as trunk has them
     * @param faults sentences about those that are not there
     */
    record Claims(List<CommitInfo> onTrunk, List<String> faults) {
        boolean any() {
            return !onTrunk.isEmpty() || !faults.isEmpty();
        }
    }

    Claims claims(CommitInfo commit) {
        Map<CommitId, CommitInfo> found = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String sha : claimed(commit)) {
            Optional<CommitInfo> named = find(sha);
            if (named.isEmpty()) {
                faults.add("it says that it was picked from " + sha + ", and the repository has no such commit");
                continue;
            }
            Optional<CommitInfo> real = onTrunk(named.get(), new HashSet<>());
            real.ifPresentOrElse(
                    r -> found.put(r.id(), r),
                    () -> faults.add("it says that it was picked from "
                            + named.get().id().abbreviated() + " ('"
                            + ForeignText.shown(named.get().subject())
                            + "'), which is not on " + trunkName));
        }
        return new Claims(List.copyOf(found.values()), faults);
    }

    private static List<String> claimed(CommitInfo commit) {
        return CLAIM.matcher(commit.message())
                .results()
                .map(r -> r.group(1).toLowerCase(java.util.Locale.ROOT))
                .distinct()
                .toList();
    }

    private Optional<CommitInfo> find(String sha) {
        try {
            return Optional.of(git.info(sha.length() == 40 ? new CommitId(sha) : git.resolveCommit(sha)));
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }

    /** The commit itself, or what it was picked from in its turn on another branch. */
    private Optional<CommitInfo> onTrunk(CommitInfo commit, Set<CommitId> seen) {
        if (git.isAncestor(commit.id(), trunk)) {
            return Optional.of(commit);
        }
        if (!seen.add(commit.id()) || seen.size() > DEEPEST) {
            return Optional.empty();
        }
        return claimed(commit).stream()
                .flatMap(sha -> find(sha).stream())
                .flatMap(next -> onTrunk(next, seen).stream())
                .findFirst();
    }

    /** A commit of trunk since the cut that changes the same, whatever its message says. */
    Optional<CommitInfo> search(CommitInfo commit) {
        SortedSet<String> files = proof.changes().files(PickProof.parent(commit), commit.id());
        return sinceCut(commit).getOrDefault(files, List.of()).stream()
                .filter(candidate -> proof.brings(commit, candidate))
                .findFirst();
    }

    private Map<SortedSet<String>, List<CommitInfo>> sinceCut(CommitInfo commit) {
        if (sinceCut == null) {
            sinceCut = new HashMap<>();
            Optional<CommitId> base =
                    git.mergeBases(trunk, commit.id()).stream().findFirst();
            git.log(base, trunk).stream()
                    .limit(MOST)
                    .forEach(c -> sinceCut.computeIfAbsent(
                                    proof.changes().files(PickProof.parent(c), c.id()), k -> new ArrayList<>())
                            .add(c));
        }
        return sinceCut;
    }
}
