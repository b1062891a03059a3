package io.jenkins.plugins.darwin.edit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The symbolic links of a tree: where a path leads that names one, or goes through one. */
final class LinkedFiles {
    /** As Linux follows, and no more. */
    private static final int MOST_HOPS = 40;

    private final Map<String, String> targets;

    /** @param targets what each link holds, by the link's path */
    LinkedFiles(Map<String, String> targets) {
        this.targets = targets;
    }

    /** The link that a path is, or goes through. */
    Optional<String> on(String path) {
        for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            if (targets.containsKey(path.substring(0, end))) {
                return Optional.of(path.substring(0, end));
            }
        }
        return targets.containsKey(path) ? Optional.of(path) : Optional.empty();
    }

    /** Where a path ends when its links are followed; empty when that is outside of the tree, or nowhere. */
    Optional<String> follow(String path) {
        String at = path;
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            Optional<String> link = on(at);
            if (link.isEmpty()) {
                return Optional.of(at);
            }
            String target = targets.get(link.get());
            int slash = link.get().lastIndexOf('/');
            String from = slash < 0 ? "" : link.get().substring(0, slash + 1);
            Optional<String> next = target.startsWith("/")
                    ? Optional.empty()
                    : normal(from + target + at.substring(link.get().length()));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.empty();
    }

    /** Why a pattern that only links fit edits nothing. */
    Optional<String> explain(Glob glob) {
        Optional<String> link = on(glob.toString());
        if (link.isPresent()) {
            return Optional.of("'" + link.get() + "' is a symbolic link to '" + targets.get(link.get())
                    + "', which is no file of this repository; name a file that holds the version itself");
        }
        List<String> fitting = targets.keySet().stream()
                .filter(glob::matches)
                .sorted()
                .limit(3)
                .toList();
        return fitting.isEmpty()
                ? Optional.empty()
                : Optional.of("only symbolic links fit '" + glob + "' ("
                        + fitting.stream().map(l -> l + " -> " + targets.get(l)).collect(Collectors.joining(", "))
                        + "); name the files that they lead to");
    }

    /** The files that a pattern without wildcards reaches through links. */
    Optional<String> file(Glob glob, Collection<String> files) {
        String path = glob.toString();
        return on(path).isPresent() ? follow(path).filter(files::contains) : Optional.empty();
    }

    private static Optional<String> normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }
}
