package io.jenkins.plugins.darwin.policy;

import io.jenkins.plugins.darwin.git.CommitChanges;
import io.jenkins.plugins.darwin.git.CommitForm;
import io.jenkins.plugins.darwin.git.CommitInfo;
import io.jenkins.plugins.darwin.git.GitMirror;
import io.jenkins.plugins.darwin.git.PickResult;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether a commit of a branch changes what a commit of trunk changed. Either picking again gives the very same files (which
 * also proves what applies in another context), or both change the same lines in the same surroundings.
 */
final class PickProof {
    private static final CommitForm FORM = CommitForm.plain(new Person("nobody", "nobody"), Instant.EPOCH);

    private final GitMirror git;
    private final CommitChanges changes;
    private final Map<CommitId, String> fingerprints = new HashMap<>();

    PickProof(GitMirror git) {
        this.git = git;
        this.changes = new CommitChanges(git);
    }

    CommitChanges changes() {
        return changes;
    }

    static Optional<CommitId> parent(CommitInfo commit) {
        return commit.parents().stream().findFirst();
    }

    String fingerprint(CommitInfo commit) {
        return fingerprints.computeIfAbsent(commit.id(), id -> changes.fingerprint(parent(commit), commit.id()));
    }

    /** Of the change that takes a commit back. */
    String reverse(CommitInfo commit) {
        return changes.fingerprint(Optional.of(commit.id()), parent(commit).orElseThrow());
    }

    /** Whether the commit brings just this one of trunk; of a merge, against any of its parents. */
    boolean brings(CommitInfo commit, CommitInfo origin) {
        if (commit.parents().isEmpty()) {
            return false;
        }
        for (int mainline = 1; mainline <= Math.max(1, origin.parents().size()); mainline++) {
            Optional<CommitId> again = pick(commit.parents().get(0), origin.id(), mainline);
            if (again.isPresent() && git.sameFiles(again.get(), commit.id())) {
                return true;
            }
        }
        return fingerprint(commit).equals(fingerprint(origin));
    }

    /** Whether it brings all of them, in one order or the other: several picks, made one. */
    boolean bringsAll(CommitInfo commit, List<CommitInfo> origins) {
        List<CommitInfo> backward = new ArrayList<>(origins);
        Collections.reverse(backward);
        return origins.size() > 1
                && !commit.parents().isEmpty()
                && (inTurn(commit, origins) || inTurn(commit, backward));
    }

    private boolean inTurn(CommitInfo commit, List<CommitInfo> origins) {
        CommitId tip = commit.parents().get(0);
        for (CommitInfo origin : origins) {
            Optional<CommitId> next = pick(tip, origin.id(), 1);
            if (next.isEmpty()) {
                return false;
            }
            tip = next.get();
        }
        return git.sameFiles(tip, commit.id());
    }

    /** @return empty on a conflict; {@code onto} itself when it has the change */
    private Optional<CommitId> pick(CommitId onto, CommitId origin, int mainline) {
        PickResult result = git.cherryPick(onto, origin, Optional.of(mainline), FORM);
        if (result instanceof PickResult.Picked picked) {
            return Optional.of(picked.commit());
        }
        return result instanceof PickResult.Empty ? Optional.of(onto) : Optional.empty();
    }

    /** The files in which a commit is not what its origin, picked again, would be. */
    SortedSet<String> differing(CommitInfo commit, CommitInfo origin) {
        Optional<CommitId> again = commit.parents().stream().findFirst().flatMap(p -> pick(p, origin.id(), 1));
        return again.map(a -> changes.files(Optional.of(a), commit.id()))
                .orElseGet(() -> new TreeSet<>(changes.files(parent(commit), commit.id())));
    }
}
