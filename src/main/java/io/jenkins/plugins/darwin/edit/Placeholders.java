package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Registries;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ${version}} and the like in the value of a place. */
public final class Placeholders {
    /** All there are. */
    public static final List<String> NAMES =
            List.of("version", "major", "minor", "patch", "registry.release", "registry.staging");

    private static final Pattern FORM = Pattern.compile("\\$\\{([^}]*)}");

    private Placeholders() {}

    /** What they stand for in a release. */
    public static Map<String, String> of(Version version, Registries registry) {
        return Map.of(
                "version", version.toString(),
                "major", String.valueOf(version.major()),
                "minor", String.valueOf(version.minor()),
                "patch", String.valueOf(version.patch()),
                "registry.release", registry.release(),
                "registry.staging", registry.staging());
    }

    /** @throws ReleaseException usage, when the value has a placeholder of another name, or one left open */
    public static void check(String value) {
        Matcher m = FORM.matcher(value);
        while (m.find()) {
            if (!NAMES.contains(m.group(1))) {
                throw ReleaseException.usage("No placeholder is called '${" + m.group(1) + "}'; expected one of ${"
                        + String.join("}, ${", NAMES) + "}"
                        + Nearest.to(m.group(1), NAMES)
                                .map(n -> "; nearest is ${" + n + "}")
                                .orElse("") + ".");
            }
        }
        if (m.replaceAll("").contains("${")) {
            throw ReleaseException.usage("A placeholder without its '}' in '" + value + "'.");
        }
    }

    /** @throws ReleaseException usage, as {@link #check} does, or when a value is wanted that isn't there */
    static String fill(String value, Map<String, String> values) {
        check(value);
        return FORM.matcher(value).replaceAll(m -> {
            String filled = values.get(m.group(1));
            if (filled == null) {
                throw ReleaseException.usage("No value for ${" + m.group(1) + "} is known here.");
            }
            return Matcher.quoteReplacement(filled);
        });
    }
}
