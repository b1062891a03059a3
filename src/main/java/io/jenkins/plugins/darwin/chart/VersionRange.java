package io.jenkins.plugins.darwin.chart;

import com.github.zafarkhaja.semver.ParseException;
import com.github.zafarkhaja.semver.Version;
import java.util.Optional;

/** Whether a version is in a range, as far as both are written in the forms that charts commonly use. */
final class VersionRange {
    private VersionRange() {}

    /** Empty when the range or the version has a form that we can't judge; Helm may then know better. */
    static Optional<Boolean> contains(String range, String version) {
        if (range.isBlank() || range.strip().equals("*") || plain(range).equals(plain(version))) {
            return Optional.of(true);
        }
        try {
            Version parsed = Version.parse(plain(version));
            return Optional.of(parsed.satisfies(translate(range)));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String plain(String version) {
        String stripped = version.strip();
        return stripped.startsWith("v") ? stripped.substring(1) : stripped;
    }

    /** From Helm's way (Masterminds: comma or space for and, {@code ||} for or) to java-semver's ({@code &}, {@code |}). */
    private static String translate(String range) {
        String and = range.strip()
                .replace("||", "|")
                .replaceAll("([<>=!~^])\\s+", "$1")
                .replaceAll("\\s*\\|\\s*", "|");
        return and.replaceAll("\\s+-\\s+", "~to~")
                .replaceAll("\\s*,\\s*|\\s+", "&")
                .replace("~to~", " - ")
                .replaceAll("(^|[<>=~^&|])v(\\d)", "$1$2");
    }
}
