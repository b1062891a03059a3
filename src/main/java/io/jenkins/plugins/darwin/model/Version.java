package io.jenkins.plugins.darwin.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.zafarkhaja.semver.ParseException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The version of a release, {@code X.Y.Z} as <a href="https://semver.org">SemVer 2.0</a> has it, without pre-release or
 * build parts: a candidate's number is never part of a version (see {@link CandidateId}).
 */
public record Version(long major, long minor, long patch) implements Comparable<Version>, Serializable {
    private static final Comparator<Version> ORDER = Comparator.comparingLong(Version::major)
            .thenComparingLong(Version::minor)
            .thenComparingLong(Version::patch);
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST_SLUG = 50;

    /**
     * Reads a version from outside.
     *
     * @throws ReleaseException usage, when it is anything but {@code X.Y.Z}
     */
    @JsonCreator
    public static Version parse(String text) {
        if (text == null || text.isBlank()) {
            throw ReleaseException.usage("No version given: expected X.Y.Z, for example 1.3.0.");
        }
        com.github.zafarkhaja.semver.Version parsed;
        try {
            parsed = com.github.zafarkhaja.semver.Version.parse(text);
        } catch (ParseException | IllegalArgumentException | ArithmeticException e) {
            throw ReleaseException.usage(
                    "Not a version: expected X.Y.Z as semver.org has it, for example 1.3.0, found '" + printable(text)
                            + "'" + hint(text));
        }
        if (parsed.preReleaseVersion().isPresent() || parsed.buildMetadata().isPresent()) {
            throw ReleaseException.usage("Not the version of a release: expected X.Y.Z alone, found '" + printable(text)
                    + "'; candidates are numbered for you (X.Y.Z-RC1, -RC2, ...).");
        }
        return new Version(parsed.majorVersion(), parsed.minorVersion(), parsed.patchVersion());
    }

    /** The version that a tag such as {@code v1.3.0} names, or empty for any other tag. */
    public static Optional<Version> ofTag(String tag) {
        if (!tag.startsWith("v")) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(tag.substring(1)));
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }

    public String tag() {
        return "v" + this;
    }

    public String releaseBranch() {
        return "release/" + this;
    }

    /**
     * The branch of a hotfix, {@code hotfix/X.Y.Z-slug}.
     *
     * @throws ReleaseException usage, when the slug is not lower-case words joined by hyphens
     */
    public String hotfixBranch(String slug) {
        if (slug == null || !SLUG.matcher(slug).matches() || slug.length() > LONGEST_SLUG) {
            throw ReleaseException.usage("Not a name for a hotfix: expected at most " + LONGEST_SLUG
                    + " lower-case letters, digits and single hyphens, for example security-fix, found '"
                    + printable(String.valueOf(slug)) + "'.");
        }
        return "hotfix/" + this + "-" + slug;
    }

    /** Whether both belong to one line of patches: same major and minor. */
    public boolean sameLine(Version other) {
        return major == other.major && minor == other.minor;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    private static String hint(String text) {
        return text.startsWith("v") ? " (without the v)." : ".";
    }

    /** Foreign text for a message: no control characters, not endless. */
    public static String printable(String text) {
        String shown = ForeignText.shown(text);
        return shown.length() > 60 ? shown.substring(0, 60) + "..." : shown;
    }
}
