package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;

/** Names of branches and tags, by the rules of {@code git check-ref-format}. */
public final class GitNames {
    /** Leaves room for {@code refs/heads/} and {@code .lock} in the 255 bytes of a file name. */
    private static final int LONGEST = 200;

    private GitNames() {}

    /** @return the name, when it can name a branch */
    public static String requireBranch(String name) {
        return require("branch", "refs/heads/", name);
    }

    /** @return the name, when it can name a tag */
    public static String requireTag(String name) {
        return require("tag", "refs/tags/", name);
    }

    /** The name among others that makes this one impossible, since refs are kept like files in folders. */
    public static Optional<String> blocker(String name, Set<String> others) {
        return others.stream()
                .filter(other -> name.startsWith(other + "/") || other.startsWith(name + "/"))
                .sorted()
                .findFirst();
    }

    static String requireRef(String ref) {
        if (ref.startsWith("refs/tags/")) {
            return requireTag(ref.substring("refs/tags/".length()));
        }
        String prefix = ref.startsWith("refs/notes/") ? "refs/notes/" : "refs/heads/";
        return requireBranch(ref.substring(prefix.length()));
    }

    private static String require(String kind, String prefix, String name) {
        String fault = fault(prefix, name);
        if (fault != null) {
            throw ReleaseException.usage("Not a name for a " + kind + ": '" + printable(name) + "' " + fault + ".");
        }
        return name;
    }

    /** What is wrong with a name, or null. The first checks only say it better than "not valid". */
    private static String fault(String prefix, String name) {
        if (name == null || name.isBlank()) {
            return "is empty";
        }
        if (name.startsWith("-")) {
            return "begins with a hyphen";
        }
        if (name.contains("..")) {
            return "contains '..'";
        }
        if (name.contains("@{")) {
            return "contains '@{'";
        }
        if (name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            return "contains a space or a control character";
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return "is longer than " + LONGEST + " bytes";
        }
        if (name.equals("HEAD") || name.equals("@")) {
            return "has a meaning of its own in Git";
        }
        return Repository.isValidRefName(prefix + name)
                ? null
                : "is not valid in Git (git check-ref-format lists the rules)";
    }

    /** Foreign text for a message: no control characters, not endless. */
    static String printable(String text) {
        return printable(text, 80);
    }

    static String printable(String text, int longest) {
        String shown = ForeignText.shown(String.valueOf(text));
        return shown.length() > longest ? shown.substring(0, longest) + "..." : shown;
    }
}
