package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern for paths in a repository: the glob syntax of {@link java.nio.file.FileSystem#getPathMatcher}, except that
 * a leading or inner {@code **}{@code /} also stands for no folder at all.
 *
 * <p>Not a {@code PathMatcher} itself: Git's paths are UTF-8, and on a machine whose locale is POSIX the JDK refuses to
 * make a {@code Path} of {@code ü.yaml}.
 */
public final class Glob {
    private final String text;
    private final GlobProgram program;
    /** What every path begins and ends with: most paths of a large repository need no closer look. */
    private final String begin;

    private final String end;

    private Glob(String text, GlobProgram program) {
        this.text = text;
        this.program = program;
        this.begin = text.split("[*?\\[{\\\\]", 2)[0];
        int special = -1;
        for (int i = 0; i < text.length(); i++) {
            special = "*?]}".indexOf(text.charAt(i)) >= 0 ? i : special;
            special = text.charAt(i) == '\\' ? ++i : special;
        }
        String rest = text.substring(special + 1);
        this.end = rest.startsWith("/") && special > 0 ? rest.substring(1) : rest;
    }

    /** @throws ReleaseException usage, when the pattern has an open bracket or brace, or leaves the repository */
    public static Glob parse(String text) {
        if (text.isBlank()
                || text.startsWith("/")
                || text.endsWith("/")
                || ("/" + text + "/").contains("/../")
                || ("/" + text + "/").contains("/./")
                || text.contains("//")
                || text.chars().anyMatch(Character::isISOControl)
                || ("/" + text.toLowerCase(Locale.ROOT) + "/").contains("/.git/")) {
            throw wrong(text, "expected a path relative to the repository's root, without '..', '.' or '.git'");
        }
        return new Glob(text, program(text));
    }

    /** In time that grows with the path's length times the pattern's, whatever the two are. */
    public boolean matches(String path) {
        return path.startsWith(begin) && path.endsWith(end) && program.matches(path);
    }

    @Override
    public String toString() {
        return text;
    }

    /** A path as a pattern that matches it alone. */
    public static String quote(String path) {
        return path.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }

    private static GlobProgram program(String glob) {
        GlobProgram program = new GlobProgram();
        int i = 0;
        while (i < glob.length()) {
            int c = glob.codePointAt(i);
            boolean atName = i == 0 || glob.charAt(i - 1) == '/';
            if (atName && glob.startsWith("**/", i)) {
                program.folders();
                i += 3;
                continue;
            }
            switch (c) {
                case '*' -> {
                    boolean deep = glob.startsWith("**", i);
                    program.many(deep);
                    i += deep ? 1 : 0;
                }
                case '?' -> program.one(at -> at != '/');
                case '[' -> i = brackets(glob, i, program);
                case '{' -> {
                    if (program.inBraces()) {
                        throw wrong(glob, "braces inside braces");
                    }
                    program.openBrace();
                }
                case '}' -> {
                    if (program.inBraces()) {
                        program.closeBrace();
                    } else {
                        program.literal(c);
                    }
                }
                case ',' -> {
                    if (program.inBraces()) {
                        program.nextChoice();
                    } else {
                        program.literal(c);
                    }
                }
                case '\\' -> {
                    if (++i == glob.length()) {
                        throw wrong(glob, "a backslash at its end");
                    }
                    program.literal(glob.codePointAt(i));
                }
                default -> program.literal(c);
            }
            i += Character.charCount(glob.codePointAt(i));
        }
        if (program.inBraces()) {
            throw wrong(glob, "an open '{'");
        }
        return program.end();
    }

    /** Takes {@code [a-z]} or {@code [!a-z]}, never matching a slash; gives the place of its end. */
    private static int brackets(String glob, int open, GlobProgram program) {
        int i = open + 1;
        boolean not = i < glob.length() && glob.charAt(i) == '!';
        i += not ? 1 : 0;
        int close = glob.indexOf(']', i + 1);
        if (close < 0) {
            throw wrong(glob, "an open '['");
        }
        int[] members = glob.substring(i, close).codePoints().toArray();
        List<int[]> ranges = new ArrayList<>();
        for (int m = 0; m < members.length; m++) {
            if (members[m] == '/') {
                throw wrong(glob, "a slash in brackets");
            }
            boolean range = m + 2 < members.length && members[m + 1] == '-';
            ranges.add(new int[] {members[m], range ? members[m + 2] : members[m]});
            if (range && members[m] > members[m + 2]) {
                throw wrong(glob, "a range that ends before it begins");
            }
            m += range ? 2 : 0;
        }
        program.one(at -> at != '/' && not == ranges.stream().noneMatch(r -> r[0] <= at && at <= r[1]));
        return close;
    }

    private static ReleaseException wrong(String glob, String why) {
        return ReleaseException.usage("Not a pattern for files: '" + ForeignText.shown(glob) + "' (" + why
                + "); write for example helm/**/Chart.yaml.");
    }
}
