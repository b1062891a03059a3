package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.CommitId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The merges of a history, by place in it: which have a pull request's title, and which commits each brought. */
final class PullRequests {
    private final List<NoteCommit> commits;
    private final Map<Integer, PullRequestMerge> titles = new HashMap<>();
    private final Map<Integer, List<Integer>> brought = new HashMap<>();

    /** @param commits newest first, no parent before its child */
    PullRequests(List<NoteCommit> commits) {
        this.commits = commits;
        boolean merges = false;
        for (int i = 0; i < commits.size(); i++) {
            NoteCommit commit = commits.get(i);
            if (commit.isMerge()) {
                merges = true;
                int at = i;
                PullRequestMerge.of(commit.message())
                        .filter(m -> !m.title().isBlank())
                        .ifPresent(m -> titles.put(at, m));
            }
        }
        if (merges) {
            claim();
        }
    }

    /** The title of a merged pull request, when the commit at this place is such a merge. */
    Optional<PullRequestMerge> title(int index) {
        return Optional.ofNullable(titles.get(index));
    }

    /** The commits that a merge brought into its first parent's line; none for what is no merge. */
    List<Integer> brought(int index) {
        return brought.getOrDefault(index, List.of());
    }

    /** Oldest merges first: each commit belongs to the first merge that brought it, those of the main line to none. */
    private void claim() {
        Map<CommitId, Integer> places = new HashMap<>();
        for (int i = 0; i < commits.size(); i++) {
            places.put(commits.get(i).id(), i);
        }
        Set<Integer> claimed = new HashSet<>();
        for (Integer main = commits.isEmpty() ? null : 0; main != null; main = firstParent(main, places)) {
            claimed.add(main);
        }
        for (int i = commits.size() - 1; i >= 0; i--) {
            NoteCommit merge = commits.get(i);
            if (!merge.isMerge()) {
                continue;
            }
            Set<Integer> own = new HashSet<>();
            for (Integer at = i; at != null && (at == i || !claimed.contains(at)); at = firstParent(at, places)) {
                own.add(at); // a branch's own first-parent line is not what this merge brought
            }
            List<Integer> mine = new ArrayList<>();
            Deque<Integer> next = new ArrayDeque<>();
            merge.parents().stream().skip(1).map(places::get).forEach(p -> push(next, p));
            while (!next.isEmpty()) {
                int at = next.pop();
                if (!own.contains(at) && claimed.add(at)) {
                    mine.add(at);
                    commits.get(at).parents().stream().map(places::get).forEach(p -> push(next, p));
                }
            }
            brought.put(i, mine);
        }
    }

    private static void push(Deque<Integer> stack, Integer place) {
        if (place != null) {
            stack.push(place);
        }
    }

    private Integer firstParent(int index, Map<CommitId, Integer> places) {
        List<CommitId> parents = commits.get(index).parents();
        return parents.isEmpty() ? null : places.get(parents.get(0));
    }
}
