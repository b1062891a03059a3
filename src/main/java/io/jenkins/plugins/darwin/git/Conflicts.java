package io.jenkins.plugins.darwin.git;

import java.util.List;

/** Files that do not merge, for people. */
final class Conflicts {
    private static final int MOST_NAMED = 20;

    private Conflicts() {}

    static String describe(List<String> files, String by) {
        List<String> named = files.stream()
                .limit(MOST_NAMED)
                .map(file -> GitNames.printable(file, 200))
                .toList();
        return "conflicts in " + String.join(", ", named)
                + (files.size() > named.size() ? " and " + (files.size() - named.size()) + " more" : "")
                + " (merged by " + by + ")";
    }
}
