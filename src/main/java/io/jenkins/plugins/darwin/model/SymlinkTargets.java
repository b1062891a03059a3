package io.jenkins.plugins.darwin.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** Follows the symlinks of a repository as a file system would, to see whether one of them leads out. */
public final class SymlinkTargets {
    /** What Linux follows before it gives up (ELOOP). */
    private static final int MOST_LINKS = 40;

    private SymlinkTargets() {}

    /**
     * Refuses links that leave the repository, by themselves or by way of another link.
     *
     * @param links path of each symlink, and its target as stored
     * @throws ReleaseException refused, naming the first such link and its target
     */
    public static void requireInside(Map<String, String> links) {
        links.keySet().stream().sorted().forEach(path -> {
            if (resolve(path, links).isEmpty()) {
                throw ReleaseException.refused(
                        "Symlink out of the repository: '" + Version.printable(path) + "' points to '"
                                + Version.printable(links.get(path)) + "'; expected a target inside the repository.");
            }
        });
    }

    /**
     * Where a path leads when every symlink is followed.
     *
     * @return a path inside the repository ("" for its root), which need not exist; empty when the path leaves the
     *     repository or goes round in a circle
     */
    public static Optional<String> resolve(String path, Map<String, String> links) {
        Deque<String> done = new ArrayDeque<>();
        Deque<String> left = new ArrayDeque<>();
        pushParts(path, left);
        int followed = 0;
        while (!left.isEmpty()) {
            String part = left.pop();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (done.isEmpty()) {
                    return Optional.empty();
                }
                done.removeLast();
                continue;
            }
            done.addLast(part);
            String target = links.get(String.join("/", done));
            if (target == null) {
                continue;
            }
            if (++followed > MOST_LINKS
                    || target.isEmpty()
                    || target.startsWith("/")
                    || target.indexOf('\\') >= 0
                    || target.matches("[A-Za-z]:.*")) {
                return Optional.empty();
            }
            done.removeLast();
            pushParts(target, left);
        }
        return Optional.of(String.join("/", done));
    }

    private static void pushParts(String path, Deque<String> left) {
        String[] parts = path.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            left.push(parts[i]);
        }
    }
}
