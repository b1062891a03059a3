package io.jenkins.plugins.darwin.edit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What surrounds the version in an old value and has to surround the new one: {@code v}, quotes that a regular
 * expression took along, blanks, the range of a dependency.
 */
final class KeptForm {
    private static final Pattern VERSION = Pattern.compile("(?<before>\\s*(?<quote>[\"'`]?)"
            + "(?:workspace:)?(?:\\^|~|[~<>=!]?==?=?|[<>])?\\s?[vV]?)"
            + "[0-9][0-9A-Za-z.+_-]*"
            + "(?<after>\\k<quote>[,;]?\\s*)");

    /** A template that begins with the version or a part of it. */
    private static final Pattern TEMPLATE = Pattern.compile("\\$\\{(?:version|major)}.*", Pattern.DOTALL);

    private KeptForm() {}

    /**
     * The new value in the old one's form.
     *
     * @param template of the place; one that begins with something of its own is taken as it is
     * @param filled the template with its placeholders filled in
     */
    static String of(String template, String old, String filled) {
        if (old.length() > 200 || !TEMPLATE.matcher(template).matches()) {
            return filled;
        }
        Matcher m = VERSION.matcher(old);
        return m.matches() ? m.group("before") + filled + m.group("after") : filled;
    }
}
