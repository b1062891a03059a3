package io.jenkins.plugins.darwin.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What names in a {@code candidate.json} may look like. All of them are lists of what is allowed, so that no control, format
 * or bidi character, no path and no option of a command gets through.
 */
public final class CandidateNames {
    /** A part of a repository's path (OCI distribution 1.1, "Pulling manifests"). */
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:[._-]+[a-z0-9]+)*");

    /** A repository's path: what the release's own repositories begin with is no image's. */
    private static final Pattern IMAGE =
            Pattern.compile("(?!(?:charts|rc[0-9]+)/)" + COMPONENT.pattern() + "(?:/" + COMPONENT.pattern() + ")*");

    private static final int LONGEST_COMPONENT = 128;
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,200}");
    /** Letters of any script, since people name branches; marks that only change how a text looks are none. */
    private static final Pattern BRANCH = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._/+@#=,-]{0,199}");

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@/+-]{0,199}");
    /** RFC 6838, 4.2. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");
    /** What stands beside the files, so no file of the candidate may be called so. */
    private static final Set<String> OURS = Set.of(Candidate.FILE, "checksums.sha512", "KEYS");

    private CandidateNames() {}

    /** @return the name, when a file of a candidate may have it */
    public static String file(String name) {
        require("a file", name, FILE, "letters, digits and . _ + - after a first letter or digit");
        if (OURS.contains(name) || name.endsWith(".asc") || name.endsWith(".sha512")) {
            throw ReleaseException.refused("Not a name for a file of a candidate: " + name
                    + " is what the release itself calls a signature, a checksum or a document of its own.");
        }
        return name;
    }

    /** Whether a layer of a candidate may have this title: a file's name, or one of a document or signature of ours. */
    public static boolean isLayer(String name) {
        return FILE.matcher(name).matches();
    }

    static void component(String what, String name) {
        require(what, name, COMPONENT, "lower-case letters, digits and . _ - between them");
        if (name.length() > LONGEST_COMPONENT) {
            throw wrong(what, name, "at most " + LONGEST_COMPONENT + " characters");
        }
    }

    static void image(String name) {
        require("image", name, IMAGE, "lower-case letters, digits and . _ - / between them, not below charts/ or rcN/");
        if (name.length() > LONGEST_COMPONENT) {
            throw wrong("image", name, "at most " + LONGEST_COMPONENT + " characters");
        }
    }

    static void branch(String name) {
        require("a branch", name, BRANCH, "letters, digits and . _ / + @ # = , - after a first letter or digit");
        if (name.contains("..")
                || name.contains("//")
                || name.contains("@{")
                || name.endsWith("/")
                || !ForeignText.isPlainLine(name)) {
            throw wrong("a branch", name, "a name that Git takes");
        }
    }

    static void tag(String name) {
        require("a tag", name, TAG, "letters, digits and . _ @ / + - after a first letter or digit");
    }

    static void mediaType(String name) {
        require("a media type", name, MEDIA_TYPE, "two words with a slash between them (RFC 6838)");
    }

    static void size(String name, long size) {
        if (size < 0) {
            throw ReleaseException.refused(name + " has no size: expected 0 or more bytes, found " + size + ".");
        }
    }

    static void digest(String name, String algorithm, Digest digest) {
        present("the " + algorithm + " of " + name, digest);
        if (!digest.algorithm().equals(algorithm)) {
            throw ReleaseException.refused(
                    "Not the " + algorithm + " of " + name + ": found " + digest.abbreviated() + ".");
        }
    }

    static void present(String what, Object value) {
        if (value == null) {
            throw ReleaseException.refused("A candidate says too little: expected " + what + ", found nothing.");
        }
    }

    static <T> List<T> unique(String what, List<T> items, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T item : items == null ? List.<T>of() : items) {
            present("every " + what, item);
            if (!seen.add(name.apply(item))) {
                throw ReleaseException.refused("A candidate lists " + what + " " + name.apply(item) + " twice.");
            }
        }
        return items == null ? List.of() : List.copyOf(items);
    }

    private static void require(String what, String name, Pattern form, String expected) {
        if (name == null || !form.matcher(name).matches()) {
            throw wrong(what, name, expected);
        }
    }

    private static ReleaseException wrong(String what, String name, String expected) {
        return ReleaseException.refused("Not a name for " + what + " of a candidate: expected " + expected + ", found '"
                + ForeignText.shown(String.valueOf(name)) + "'.");
    }
}
