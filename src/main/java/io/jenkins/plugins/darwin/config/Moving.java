package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which values move with a release: those that are the project's version, and what stands for it between releases.
 * A package, sub-chart or module with a version of its own keeps it.
 */
final class Moving {
    private static final Pattern VALUE = Pattern.compile("\\s*[\"']?(?:workspace:)?(?:[\\^~=<>!]=?=?|)\\s*[vV]?"
            + "([0-9]{1,9})(?:\\.([0-9]{1,9}))?(?:\\.([0-9]{1,9}))?([-.+]?[A-Za-z][0-9A-Za-z.+_-]*)?[\"']?\\s*");
    private static final Pattern WORD = Pattern.compile(
            "(?i)latest|dev|develop|development|devel|nightly|snapshot|main|master|edge|canary|unreleased");
    private static final Pattern DEVELOPMENT = Pattern.compile(
            "(?i)[-.+]?(?:snapshot|dev|alpha|beta|a|b|c|rc|cr|m|milestone|pre|preview|next|nightly|canary)(?:[-.+0-9].*)?");
    private static final Version ZERO = new Version(0, 0, 0);

    private final Optional<Version> released;
    private final Optional<Version> root;

    /**
     * @param released the last release, by the tags
     * @param roots values at the top of the repository, the most telling first
     */
    Moving(Optional<Version> released, List<String> roots) {
        this.released = released;
        this.root = roots.stream()
                .flatMap(r -> base(r).stream())
                .filter(v -> !v.equals(ZERO))
                .findFirst();
    }

    /** The values of the files at the top that usually have the version. */
    static List<String> roots(Found found, List<String> charts) {
        List<String> values = new ArrayList<>();
        for (String chart : charts) {
            found.yaml(Found.in(chart, "Chart.yaml"))
                    .flatMap(y -> Found.text(y, "version"))
                    .ifPresent(values::add);
        }
        List.of(
                        one("pom.xml", PlaceKind.XML, "project.version"),
                        one("pom.xml", PlaceKind.XML, "project.properties.revision"),
                        one("package.json", PlaceKind.JSON, "version"),
                        one("Cargo.toml", PlaceKind.TOML, "workspace.package.version"),
                        one("Cargo.toml", PlaceKind.TOML, "package.version"),
                        one("pyproject.toml", PlaceKind.TOML, "project.version"),
                        one("pyproject.toml", PlaceKind.TOML, "tool.poetry.version"),
                        one("setup.py", PlaceKind.REGEX, Defaults.SETUP_PY),
                        one("gradle.properties", PlaceKind.REGEX, CodePlaces.GRADLE),
                        one("VERSION", PlaceKind.REGEX, CodePlaces.WHOLE_LINE))
                .forEach(f -> found.value(f).ifPresent(values::add));
        return values;
    }

    private static VersionFile one(String file, PlaceKind kind, String place) {
        return new VersionFile(file, List.of(new Place(kind, place, Place.VERSION)), false);
    }

    /** Whether a value is the project's version, or one that a released one replaces. */
    boolean moves(String value) {
        if (base(value).isEmpty() || released.isEmpty() && root.isEmpty()) {
            return true; // dev, nightly, or nothing that tells
        }
        return isCurrent(value);
    }

    /** Whether a value is the project's version: the last release, or the next on its way. */
    boolean isCurrent(String value) {
        Optional<Version> base = base(value);
        if (base.isEmpty()) {
            return false;
        }
        Matcher m = VALUE.matcher(value);
        boolean development = m.matches()
                && m.group(4) != null
                && DEVELOPMENT.matcher(m.group(4)).matches();
        if (m.group(4) != null && !development) {
            return false; // 1.2.0-alpine, 23.05-py3: an image of somebody
        }
        Version version = base.get();
        if (released.isPresent()) {
            boolean next = version.compareTo(released.get()) > 0
                    && version.major() <= released.get().major() + 1
                    && (development || root.equals(base));
            return version.equals(released.get()) || next;
        }
        return root.equals(base);
    }

    /** Whether the tags tell a release, which is surer than a file. */
    boolean knowsReleased() {
        return released.isPresent();
    }

    /** What stands for the version until there is one. */
    static boolean isPlaceholder(String value) {
        return WORD.matcher(value.strip()).matches() || base(value).equals(Optional.of(ZERO));
    }

    static Optional<Version> base(String value) {
        Matcher m = VALUE.matcher(value);
        return m.matches()
                ? Optional.of(new Version(number(m.group(1)), number(m.group(2)), number(m.group(3))))
                : Optional.empty();
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
