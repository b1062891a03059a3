package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.CommitId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which commits of a history are changes to tell about.
 *
 * <ul>
 *   <li>A merge is none: what it brings is in the history too.
 *   <li>A version bump is none.
 *   <li>A revert takes its commit away, and itself with it; a revert of the revert brings the commit back. Its commit is
 *       named by id in the body (git), by pull request (GitHub), by {@code Refs} (Conventional Commits), else by subject.
 *   <li>A backport and its origin, told by the line that {@code git cherry-pick -x} adds, are one change.
 * </ul>
 */
final class Changes {
    private static final Pattern ORIGIN = Pattern.compile("(?m)^\\(cherry picked from commit ([0-9a-f]{40})\\)\\s*$");
    private static final Pattern BUMP = Pattern.compile(
            "(?i)(\\w+(\\([^)]*\\))?!?:\\s+)?(bump|set|update) version (from \\S+ )?to v?\\d+\\.\\d+\\S*.*");
    private static final Pattern REVERT_SUBJECT =
            Pattern.compile("(?i)Revert \"(.+)\"(\\s*\\(#\\d+\\))?|revert(\\([^)]*\\))?!?:\\s+(.+)");
    private static final Pattern REVERTED_ID = Pattern.compile("(?i)This reverts commit ([0-9a-f]{7,40})\\b");
    private static final Pattern REVERTED_REFS =
            Pattern.compile("(?mi)^Refs:\\s*([0-9a-f]{7,40}(?:\\s*,\\s*[0-9a-f]{7,40})*)\\s*$");
    private static final Pattern REVERTED_PULL = Pattern.compile("(?mi)^Reverts (?:[\\w.-]+/[\\w.-]+)?#(\\d+)\\s*$");
    private static final Pattern PULL = Pattern.compile("\\(#(\\d+)\\)$");
    private static final int SHORT_ID = 7;

    private final List<NoteCommit> commits;
    private final Set<Integer> gone = new HashSet<>();
    private final Map<String, List<Integer>> byShortId = new HashMap<>();
    private final Map<String, List<Integer>> byPull = new HashMap<>();
    private final Map<String, List<Integer>> bySubject = new HashMap<>();
    private boolean indexed;

    private Changes(List<NoteCommit> commits) {
        this.commits = commits;
    }

    /** Only a revert looks commits up, and most histories have few. */
    private void index() {
        if (indexed) {
            return;
        }
        indexed = true;
        for (int i = 0; i < commits.size(); i++) {
            NoteCommit commit = commits.get(i);
            int at = i;
            ids(commit).forEach(id -> put(byShortId, id.substring(0, SHORT_ID), at));
            put(bySubject, commit.subject(), i);
            Matcher pull = PULL.matcher(commit.subject());
            if (pull.find()) {
                put(byPull, pull.group(1), i);
            }
        }
    }

    /**
     * The changes, in the order given.
     *
     * @param commits newest first
     * @param released origins of backports that an earlier release had
     */
    static List<NoteCommit> of(List<NoteCommit> commits, Set<CommitId> released) {
        Changes changes = new Changes(commits);
        for (int i = 0; i < commits.size(); i++) {
            if (!changes.gone.contains(i) && changes.revert(i)) {
                changes.gone.add(i);
            }
        }
        return changes.remaining(released);
    }

    /** The commits that a message says it was picked from, first the original. */
    static List<String> origins(String message) {
        return message.contains("(cherry picked from")
                ? ORIGIN.matcher(message).results().map(r -> r.group(1)).toList()
                : List.of();
    }

    private static List<String> ids(NoteCommit commit) {
        List<String> origins = origins(commit.message());
        if (origins.isEmpty()) {
            return List.of(commit.id().sha());
        }
        List<String> ids = new ArrayList<>(origins);
        ids.add(commit.id().sha());
        return ids;
    }

    private static void put(Map<String, List<Integer>> map, String key, int index) {
        map.computeIfAbsent(key, k -> new ArrayList<>(1)).add(index);
    }

    /** Takes away what this commit reverts; false when it is no revert, or of something before this history. */
    private boolean revert(int index) {
        NoteCommit commit = commits.get(index);
        if (!commit.message().stripLeading().regionMatches(true, 0, "revert", 0, 6)) {
            return false;
        }
        Matcher subject = REVERT_SUBJECT.matcher(commit.subject());
        if (!subject.matches()) {
            return false;
        }
        index();
        List<Integer> targets = new ArrayList<>();
        boolean named = false;
        for (Pattern form : List.of(REVERTED_ID, REVERTED_REFS)) {
            for (Matcher m = form.matcher(commit.message()); m.find(); ) {
                named = true;
                for (String id : m.group(1).toLowerCase(Locale.ROOT).split("\\s*,\\s*")) {
                    targets.addAll(withId(id, index));
                }
            }
        }
        Matcher pull = REVERTED_PULL.matcher(commit.message());
        if (!named && pull.find()) {
            named = true;
            first(byPull, pull.group(1), index).ifPresent(targets::add);
        }
        if (!named) {
            first(bySubject, Optional.ofNullable(subject.group(1)).orElse(subject.group(4)), index)
                    .ifPresent(targets::add);
        }
        gone.addAll(targets);
        return !targets.isEmpty();
    }

    /** Older commits that are, or were picked from, the one with this id or beginning of it. */
    private List<Integer> withId(String id, int after) {
        return byShortId.getOrDefault(id.substring(0, SHORT_ID), List.of()).stream()
                .filter(i -> i > after && ids(commits.get(i)).stream().anyMatch(full -> full.startsWith(id)))
                .toList();
    }

    /** The newest commit older than the given one that is still there. */
    private Optional<Integer> first(Map<String, List<Integer>> map, String key, int after) {
        return map.getOrDefault(key, List.of()).stream()
                .filter(i -> i > after && !gone.contains(i))
                .findFirst();
    }

    private List<NoteCommit> remaining(Set<CommitId> released) {
        Set<String> told = new HashSet<>();
        released.forEach(id -> told.add(id.sha()));
        List<NoteCommit> remaining = new ArrayList<>();
        // Oldest first, so that the place of a change is that of its first appearance.
        for (int i = commits.size() - 1; i >= 0; i--) {
            NoteCommit commit = commits.get(i);
            if (gone.contains(i) || commit.parents() > 1 || bump(commit.subject())) {
                continue;
            }
            List<String> ids = ids(commit);
            if (ids.stream().noneMatch(told::contains)) {
                remaining.add(commit);
            }
            told.addAll(ids);
        }
        Collections.reverse(remaining);
        return List.copyOf(remaining);
    }

    private static boolean bump(String subject) {
        return (subject.contains("ersion") || subject.contains("ERSION"))
                && BUMP.matcher(subject).matches();
    }
}
