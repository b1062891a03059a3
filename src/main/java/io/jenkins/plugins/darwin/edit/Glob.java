package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for paths in a repository: the glob syntax of {@link java.nio.file.FileSystem#getPathMatcher}, except that
 * a leading or inner {@code **}{@code /} also stands for no folder at all.
 *
 * <p>Not a {@code PathMatcher} itself: Git's paths are UTF-8, and on a machine whose locale is POSIX the JDK refuses to
 * make a {@code Path} of {@code ü.yaml}.
 */
public final class Glob {
    private final String text;
    private final Pattern pattern;

    private Glob(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
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
        try {
            return new Glob(text, Pattern.compile(regex(text), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw wrong(text, e.getDescription());
        }
    }

    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    @Override
    public String toString() {
        return text;
    }

    /** A path as a pattern that matches it alone. */
    public static String quote(String path) {
        return path.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }

    private static String regex(String glob) {
        StringBuilder out = new StringBuilder();
        boolean inBraces = false;
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            boolean atName = i == 0 || glob.charAt(i - 1) == '/';
            if (atName && glob.startsWith("**/", i)) {
                out.append("(?:.*/)?");
                i += 3;
                continue;
            }
            switch (c) {
                case '*' -> {
                    boolean deep = glob.startsWith("**", i);
                    out.append(deep ? ".*" : "[^/]*");
                    i += deep ? 1 : 0;
                }
                case '?' -> out.append("[^/]");
                case '[' -> i = brackets(glob, i, out);
                case '{' -> {
                    if (inBraces) {
                        throw wrong(glob, "braces inside braces");
                    }
                    inBraces = true;
                    out.append("(?:");
                }
                case '}' -> {
                    out.append(inBraces ? ")" : "\\}");
                    inBraces = false;
                }
                case ',' -> out.append(inBraces ? "|" : ",");
                case '\\' -> {
                    if (++i == glob.length()) {
                        throw wrong(glob, "a backslash at its end");
                    }
                    out.append(Pattern.quote(glob.substring(i, i + 1)));
                }
                default -> out.append(Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        if (inBraces) {
            throw wrong(glob, "an open '{'");
        }
        return out.toString();
    }

    /** Copies {@code [a-z]} or {@code [!a-z]}, never matching a slash; gives the place of its end. */
    private static int brackets(String glob, int open, StringBuilder out) {
        int i = open + 1;
        boolean not = i < glob.length() && glob.charAt(i) == '!';
        i += not ? 1 : 0;
        int close = glob.indexOf(']', i + 1);
        if (close < 0) {
            throw wrong(glob, "an open '['");
        }
        if (glob.substring(i, close).contains("/")) {
            throw wrong(glob, "a slash in brackets");
        }
        String members = glob.substring(i, close).replaceAll("[\\\\\\[\\]^&]", "\\\\$0");
        out.append("(?!/)[").append(not ? "^" : "").append(members).append(']');
        return close;
    }

    private static ReleaseException wrong(String glob, String why) {
        return ReleaseException.usage("Not a pattern for files: '" + ForeignText.shown(glob) + "' (" + why
                + "); write for example helm/**/Chart.yaml.");
    }
}
