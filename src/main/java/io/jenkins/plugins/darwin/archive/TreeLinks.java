package io.jenkins.plugins.darwin.archive;

import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the symbolic links of a tree lead, followed part by part as a kernel would: a link that goes through another link
 * is judged by where it ends, not by how it is spelled.
 */
public final class TreeLinks {
    /** What Linux allows (path_resolution(7)). A chain that is longer, or a loop, leads nowhere. */
    private static final int MOST_HOPS = 40;
    /** Longer than any path that a system takes (PATH_MAX). */
    private static final int MOST_BYTES = 4096;

    private final Map<String, String> targets = new HashMap<>();

    /** Reads the targets of all links of the tree. */
    public TreeLinks(GitTree tree, List<GitEntry> entries) throws IOException {
        for (GitEntry entry : entries) {
            if (entry.mode() == GitEntry.Mode.SYMLINK) {
                try (InputStream in = tree.open(entry)) {
                    targets.put(entry.path(), new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** What the link holds, as it is written there. */
    public String target(String link) {
        return targets.get(link);
    }

    /**
     * The path, relative to the tree's root, that a path or link leads to once every link on the way is followed; whether
     * anything is there is not asked. The root itself is the empty text. Empty when it leads out of the tree.
     */
    public Optional<String> resolve(String path) {
        Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/")));
        Deque<String> done = new ArrayDeque<>();
        int hops = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (done.pollLast() == null) {
                    return Optional.empty();
                }
                continue;
            }
            done.addLast(name);
            String target = targets.get(String.join("/", done));
            if (target == null) {
                continue;
            }
            if (target.startsWith("/") || target.indexOf('\\') >= 0 || target.matches("[A-Za-z]:.*")) {
                return Optional.empty(); // absolute, here or on another system
            }
            if (++hops > MOST_HOPS) {
                return Optional.of(path);
            }
            done.removeLast();
            String[] names = target.split("/");
            for (int i = names.length - 1; i >= 0; i--) {
                ahead.push(names[i]);
            }
        }
        return Optional.of(String.join("/", done));
    }
}
