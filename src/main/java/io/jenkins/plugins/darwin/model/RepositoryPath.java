package io.jenkins.plugins.darwin.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The rule for paths from outside (configuration, archives, arguments) before anything is read or written there: they
 * stay inside the repository and out of Git's own folder.
 *
 * <p>Symbolic links are the business of whoever opens the path: a name alone can't show them.
 */
public final class RepositoryPath {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");
    /** What HFS+ does not see in a name, and what NTFS drops from its end. */
    private static final Pattern IGNORED = Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

    private static final Pattern TAIL = Pattern.compile("[. ]+$");

    private RepositoryPath() {}

    /**
     * The path itself when it is relative, with {@code /} between plain names.
     *
     * @throws ReleaseException usage, when it is empty, absolute, leaves the repository, names {@code .git} (in any
     *     spelling that a file system takes for it), or holds a backslash or control characters
     */
    public static String require(String path) {
        String wrong = wrong(path);
        if (wrong != null) {
            throw ReleaseException.usage("Not a path inside the repository: '" + Version.printable(String.valueOf(path))
                    + "' " + wrong + "; expected a relative path such as helm/darwin/Chart.yaml.");
        }
        return path;
    }

    /** The same for a folder, where {@code .} is the repository's root and a {@code /} at the end is dropped. */
    public static String requireFolder(String path) {
        if (".".equals(path) || "./".equals(path)) {
            return ".";
        }
        return require(
                path != null && path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    private static String wrong(String path) {
        if (path == null || path.isBlank()) {
            return "is empty";
        }
        if (path.startsWith("/") || DRIVE.matcher(path).lookingAt()) {
            return "is absolute";
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return "holds control characters";
        }
        if (path.indexOf('\\') >= 0) {
            return "holds a backslash";
        }
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                return "leaves it";
            }
            if (name.isEmpty() || name.equals(".")) {
                return "has an empty part or a single dot";
            }
            if (isGitFolder(name)) {
                return "is in Git's own folder";
            }
        }
        return null;
    }

    /** NTFS and HFS+ take these for {@code .git} too; Git refuses them for the same reason (CVE-2014-9390). */
    private static boolean isGitFolder(String name) {
        if (name.indexOf('g') < 0 && name.indexOf('G') < 0) {
            return false; // most names of a big repository: this is asked of every one
        }
        String plain = IGNORED.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
        int stream = plain.indexOf(':');
        plain = (stream < 0 ? plain : plain.substring(0, stream));
        plain = TAIL.matcher(plain).replaceAll("");
        return plain.equals(".git") || plain.equals("git~1");
    }
}
