package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.CommitId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which commits of a history are changes to tell about.
 *
 * <ul>
 *   <li>A merge is none, unless it has the title of a pull request: then the title is told, and the commits that it brought
 *       are told beside it as far as they are written for users.
 *   <li>A version bump is none.
 *   <li>A revert takes its commit away, and itself with it; a revert of the revert (git: Reapply) brings the commit back. Its commit is
 *       named by id in the body (git), by pull request (GitHub), by {@code Refs} (Conventional Commits), else by subject.
 *   <li>A backport and its origin, told by the line that {@code git cherry-pick -x} adds, are one change.
 *   <li>A message that several were squashed into is as many changes.
 * </ul>
 */
final class Changes {
    private static final Pattern ORIGIN = Pattern.compile("(?m)^\\(cherry picked from commit ([0-9a-f]{40})\\)\\s*$");
    private static final Pattern BUMP = Pattern.compile(
            "(?i)(\\w+(\\([^)]*\\))?!?:\\s+)?(bump|set|update) version (from \\S+ )?to v?\\d+\\.\\d+\\S*.*");
    private static final Pattern REVERT_SUBJECT =
            Pattern.compile("(?i)Re(?:vert|apply|land) \"(.+)\"(\\s*\\(#\\d+\\))?|revert(\\([^)]*\\))?!?:\\s+(.+)");
    private static final Pattern BACK = Pattern.compile(
            "(?i)(?:Re(?:apply|land) \"(.+)\"|Revert \"Revert \"(.+)\"\"|Revert \"Re(?:apply|land) \"(.+)\"\")(?:\\s*\\(#\\d+\\))?");
    private static final Pattern REVERTED_ID = Pattern.compile("(?i)This reverts commit ([0-9a-f]{7,40})\\b");
    private static final Pattern REVERTED_REFS =
            Pattern.compile("(?mi)^Refs:\\s*([0-9a-f]{7,40}(?:\\s*,\\s*[0-9a-f]{7,40})*)\\s*$");
    private static final Pattern REVERTED_PULL = Pattern.compile("(?mi)^Reverts (?:[\\w.-]+/[\\w.-]+)?#(\\d+)\\s*$");
    private static final Pattern PULL = Pattern.compile("\\(#(\\d+)\\)$");
    private static final int SHORT_ID = 7;

    private final List<NoteCommit> commits;
    private final PullRequests pulls;
    private final Set<Integer> gone = new HashSet<>();
    private final Map<String, List<Integer>> byShortId = new HashMap<>();
    private final Map<String, List<Integer>> byPull = new HashMap<>();
    private final Map<String, List<Integer>> bySubject = new HashMap<>();
    private boolean indexed;

    private Changes(List<NoteCommit> commits) {
        this.commits = commits;
        this.pulls = new PullRequests(commits);
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
            String subject = commit.subject();
            if (commit.isMerge() && pulls.title(i).isPresent()) {
                PullRequestMerge merge = pulls.title(i).get();
                subject = merge.title();
                put(byPull, merge.number(), i);
            }
            put(bySubject, subject, i);
            Matcher pull = PULL.matcher(subject);
            if (pull.find()) {
                put(byPull, pull.group(1), i);
            }
        }
    }

    /**
     * One thing to tell.
     *
     * @param message subject, body, footers
     * @param folded whether something else already tells users of it
     */
    record Entry(String message, boolean folded) {
        String subject() {
            return CommitMessage.of(message).subject();
        }
    }

    /** What is told, oldest first, and what became of each commit. */
    record Result(List<Entry> entries, int taken, int bumps, int merges, int repeated) {}

    /**
     * The changes, oldest first.
     *
     * @param commits newest first
     * @param released origins of backports that an earlier release had
     */
    static Result of(List<NoteCommit> commits, Set<CommitId> released) {
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
        if (!commit.message().stripLeading().regionMatches(true, 0, "re", 0, 2)) {
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
        targets.forEach(target -> {
            gone.add(target);
            gone.addAll(pulls.brought(target)); // a merge's revert takes all that it brought
        });
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

    private Result remaining(Set<CommitId> released) {
        Set<String> told = new HashSet<>();
        released.forEach(id -> told.add(id.sha()));
        Map<Integer, String> left = new TreeMap<>(Comparator.reverseOrder());
        int bumps = 0;
        int merges = 0;
        int repeated = 0;
        // Oldest first, so that the place of a change is that of its first appearance.
        for (int i = commits.size() - 1; i >= 0; i--) {
            NoteCommit commit = commits.get(i);
            if (gone.contains(i)) {
                continue;
            }
            if (commit.isMerge()) {
                if (pulls.title(i).isPresent()) {
                    left.put(i, pulls.title(i).get().message());
                } else {
                    merges++;
                }
                continue;
            }
            if (bump(commit.subject())) {
                bumps++;
                continue;
            }
            List<String> ids = ids(commit);
            if (ids.stream().noneMatch(told::contains)) {
                left.put(i, broughtBack(commit.message()));
            } else {
                repeated++;
            }
            told.addAll(ids);
        }
        int before = left.size();
        List<Entry> entries = entries(left);
        return new Result(entries, gone.size(), bumps, merges + before - left.size(), repeated);
    }

    /** What comes back after an earlier release had lost it is that change again: {@code Reapply "feat: a"} tells of feat: a. */
    private static String broughtBack(String message) {
        String subject = CommitMessage.of(message).subject();
        String inner = subject;
        for (Matcher m = BACK.matcher(inner); m.matches(); m = BACK.matcher(inner)) {
            inner = m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : "Revert \"" + m.group(3) + "\"";
        }
        return inner.equals(subject) ? message : withSubject(message, inner);
    }

    /** A pull request and its commits: users are told once of what both say, and never only "wip". */
    private List<Entry> entries(Map<Integer, String> left) {
        Set<Integer> folded = new HashSet<>();
        for (int merge : List.copyOf(left.keySet())) {
            if (!commits.get(merge).isMerge()) {
                continue;
            }
            List<Integer> brought =
                    pulls.brought(merge).stream().filter(left::containsKey).toList();
            boolean forUsers = false;
            for (int commit : brought) {
                if (ConventionalCommit.parse(left.get(commit)).isEmpty()) {
                    folded.add(commit);
                } else {
                    forUsers = true;
                }
            }
            String title = left.get(merge);
            Optional<Integer> same = brought.stream()
                    .filter(c -> plain(left.get(c)).equals(plain(title)))
                    .findFirst();
            if (same.isPresent()) {
                left.put(
                        same.get(),
                        withSubject(
                                left.get(same.get()), CommitMessage.of(title).subject()));
                folded.remove(same.get());
                left.remove(merge); // its number stands behind the commit's subject now
            } else if (forUsers && ConventionalCommit.parse(title).isEmpty()) {
                folded.add(merge);
            }
        }
        return left.entrySet().stream()
                .map(e -> new Entry(e.getValue(), folded.contains(e.getKey())))
                .toList();
    }

    private static String plain(String message) {
        return PULL.matcher(CommitMessage.of(message).subject())
                .replaceFirst("")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static String withSubject(String message, String subject) {
        return subject + "\n\n" + CommitMessage.of(message).body();
    }

    private static boolean bump(String subject) {
        return (subject.contains("ersion") || subject.contains("ERSION"))
                && BUMP.matcher(subject).matches();
    }
}
