package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names places in a tree of mappings and sequences: {@code version}, {@code dependencies[*].version},
 * {@code services.*.image.tag}, {@code images."example.org/app".tag}, {@code list[0]},
 * {@code dependencies[repository^=file://].version} (those whose repository begins so; {@code =} for those that equal).
 */
public final class PlacePath {
    private static final Pattern STEP = Pattern.compile(
            "\\[\\*]" // 0: any item
                    + "|\\[(\\d{1,9})]" // 1: an item
                    + "|\\[([^\\[\\]=^\"]+)(\\^?=)(?:\"([^\"]*)\"|([^\\]\"]*))]" // 2-5: items by a key of theirs
                    + "|\"([^\"]*)\"" // 6: a quoted key
                    + "|([^\\s.\\[\\]\"][^.\\[\\]\"]*)"); // 7: a key, * for any

    private static final String CONDITION = "\\[\\s*(@?[^\\s=\\[\\]\"']+)\\s*=\\s*(['\"])([^'\"\\]]*)\\2\\s*]";
    private static final Pattern XPATH_CONDITION = Pattern.compile(CONDITION);
    private static final Pattern XPATH_STEP =
            Pattern.compile("/(\\*|@?[A-Za-z_][\\w.-]*)((?:" + CONDITION.replace("\\2", "['\"]") + ")*)");

    private final String text;
    private final List<Step> steps;

    private PlacePath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /** One step down the tree. */
    sealed interface Step {
        /** Whether it chooses among the items of a list. */
        default boolean ofList() {
            return !(this instanceof Key || this instanceof AnyKey);
        }

        record Key(String name) implements Step {}

        record AnyKey() implements Step {}

        record Index(int index) implements Step {}

        record AnyItem() implements Step {}

        record Where(String key, boolean prefix, String value) implements Step {
            boolean holds(String found) {
                return prefix ? found.startsWith(value) : found.equals(value);
            }
        }
    }

    /** @throws ReleaseException usage, when it is no such path */
    public static PlacePath parse(String text) {
        return new PlacePath(text, steps(text.startsWith("/") ? fromXPath(text) : text));
    }

    /** {@code /project/parent/version}, {@code /a/b[c='d']/@e}: the part of XPath that names one way down. */
    private static String fromXPath(String text) {
        StringBuilder path = new StringBuilder();
        Matcher m = XPATH_STEP.matcher(text);
        int at = 0;
        for (; m.region(at, text.length()).lookingAt(); at = m.end()) {
            path.append(path.isEmpty() ? "" : ".").append(m.group(1).equals("*") ? "*" : quote(m.group(1)));
            Matcher condition = XPATH_CONDITION.matcher(m.group(2));
            while (condition.find()) {
                path.append('[')
                        .append(condition.group(1))
                        .append("=\"")
                        .append(condition.group(3))
                        .append("\"]");
            }
        }
        if (at < text.length()) {
            throw wrong(text, at);
        }
        return path.toString();
    }

    private static List<Step> steps(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher m = STEP.matcher(text);
        int at = 0;
        while (at < text.length() || steps.isEmpty()) {
            if (!steps.isEmpty() && text.charAt(at) == '.') {
                at++;
            } else if (!steps.isEmpty() && text.charAt(at) != '[') {
                throw wrong(text, at);
            }
            if (!m.region(at, text.length()).lookingAt()
                    || (at > 0 && text.charAt(at - 1) == '.' && text.charAt(at) == '[')) {
                throw wrong(text, at);
            }
            steps.add(step(m));
            at = m.end();
        }
        return steps;
    }

    private static Step step(Matcher m) {
        if (m.group(1) != null) {
            return new Step.Index(Integer.parseInt(m.group(1)));
        }
        if (m.group(2) != null) {
            return new Step.Where(m.group(2), m.group(3).equals("^="), m.group(4) != null ? m.group(4) : m.group(5));
        }
        if (m.group(6) != null) {
            return new Step.Key(m.group(6));
        }
        if (m.group(7) != null) {
            return m.group(7).equals("*") ? new Step.AnyKey() : new Step.Key(m.group(7));
        }
        return new Step.AnyItem();
    }

    private static ReleaseException wrong(String text, int at) {
        return ReleaseException.usage("Not a place: '" + ForeignText.shown(text) + "' (at its character " + (at + 1)
                + "); write for example version, services.*.image.tag, dependencies[*].version,"
                + " dependencies[repository^=file://].version, images.\"a.key.with.dots\" or, in XML,"
                + " /project/parent/version.");
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether it names as many places as a file happens to have, none included. */
    boolean hasWildcard() {
        return steps.stream().anyMatch(s -> !(s instanceof Step.Key || s instanceof Step.Index));
    }

    /** A key the way a path spells it. */
    public static String quote(String key) {
        return key.matches("[^\\s.\\[\\]\"*][^.\\[\\]\"*]*") ? key : "\"" + key + "\"";
    }

    @Override
    public String toString() {
        return text;
    }
}
