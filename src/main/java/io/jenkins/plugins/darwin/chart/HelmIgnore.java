package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code .helmignore} leaves out, by Helm's own rules (helm, pkg/ignore). They look like Git's and differ: the first rule
 * that speaks decides, there is no {@code **}, and {@code !x} leaves out everything that is <em>not</em> x.
 */
final class HelmIgnore {
    static final String FILE = ".helmignore";
    /** Helm adds it to every chart, after the chart's own rules: no dot files in templates. */
    private static final String DEFAULT_RULE = "templates/.?*";

    private record Rule(Pattern pattern, boolean negated, boolean foldersOnly, boolean byName) {
        boolean matches(String path) {
            return pattern.matcher(byName ? path.substring(path.lastIndexOf('/') + 1) : path)
                    .matches();
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /**
     * Reads the rules.
     *
     * @param where the file's path, for messages
     * @throws ReleaseException refused, for a rule that Helm does not take
     */
    HelmIgnore(Optional<byte[]> file, String where) {
        String text =
                file.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            try {
                add(line.strip());
            } catch (IllegalArgumentException e) {
                throw ReleaseException.refused("Not packed, since Helm can't read " + where + ", line " + number + ": "
                        + e.getMessage() + ", found '" + line.strip() + "'. Mend the rule.");
            }
        }
        add(DEFAULT_RULE);
    }

    private void add(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.contains("**")) {
            throw new IllegalArgumentException("double-star (**) syntax is not supported");
        }
        boolean negated = line.startsWith("!");
        String rule = negated ? line.substring(1) : line;
        boolean foldersOnly = rule.endsWith("/");
        rule = foldersOnly ? rule.substring(0, rule.length() - 1) : rule;
        boolean byName = rule.indexOf('/') < 0;
        rule = rule.startsWith("/") ? rule.substring(1) : rule;
        rules.add(new Rule(GoGlob.compile(rule), negated, foldersOnly, byName));
    }

    /** Whether a file, or a folder that it is in, is left out. */
    boolean ignores(String file) {
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            if (ignores(file.substring(0, slash), true)) {
                return true;
            }
        }
        return ignores(file, false);
    }

    private boolean ignores(String path, boolean folder) {
        for (Rule rule : rules) {
            boolean speaks = !rule.foldersOnly || folder;
            if (rule.negated) {
                if (!speaks || !rule.matches(path)) {
                    return true;
                }
            } else if (speaks && rule.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
