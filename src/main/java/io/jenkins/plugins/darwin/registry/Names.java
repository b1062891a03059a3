package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.regex.Pattern;

/** The grammar of names in OCI distribution 1.1, "Pulling manifests". Checked before a name gets into a URL or a path. */
final class Names {
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})");
    private static final int LONGEST = 255;

    private Names() {}

    /** @return the name */
    static String repository(String name) {
        // Length first: the pattern backtracks, and nobody means a name of a megabyte.
        if (name.length() > LONGEST || !REPOSITORY.matcher(name).matches()) {
            throw ReleaseException.usage("Not the name of a repository: expected lower-case letters, digits and single"
                    + " separators . _ - in parts joined by /, at most 255 characters, found '" + Json.printable(name)
                    + "'.");
        }
        return name;
    }

    /** @return the tag */
    static String tag(String tag) {
        if (!isTag(tag)) {
            throw ReleaseException.usage(
                    "Not a tag: expected letters, digits, . _ - and at most 128 characters, found '"
                            + Json.printable(tag) + "'.");
        }
        return tag;
    }

    static boolean isTag(String text) {
        return text.length() <= 128 && TAG.matcher(text).matches();
    }

    static boolean isDigest(String reference) {
        return DIGEST.matcher(reference).matches();
    }

    /** @return the tag or digest */
    static String reference(String reference) {
        return isDigest(reference) ? reference : tag(reference);
    }
}
