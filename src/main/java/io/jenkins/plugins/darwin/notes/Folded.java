package io.jenkins.plugins.darwin.notes;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** What users need not read but can: work on the project itself, by sort, counted in the line that unfolds it. */
final class Folded {
    private static final Set<String> INTERNAL =
            Set.of("build", "chore", "ci", "deps", "docs", "doc", "refactor", "style", "test", "tests");
    private static final Set<String> DOCS = Set.of("docs", "doc");
    private static final Set<String> DEPENDENCIES = Set.of("deps", "dependencies", "dependency", "deps-dev");
    /** How people and bots word the update of a dependency. */
    private static final Pattern UPDATE = Pattern.compile(
            "(?i)(?:bump|upgrade|update)s? (?:\\S+ ){1,8}?(?:from \\S+ )?to v?\\d\\S*.*|(?:bump|update) (?:the )?(?:dependency|dependencies|module|deps)\\b.*");

    private static final Pattern VULNERABILITY =
            Pattern.compile("(?i)\\bCVE-\\d{4}-[0-9X]{4,}|\\bGHSA(?:-[0-9a-z]{4}){3}\\b");
    private static final Pattern MARK = Pattern.compile("(?i)\\[security]|\\(security\\)");

    private enum Sort {
        DEPENDENCIES("dependency update", "dependency updates"),
        DOCS("change of the documentation", "changes of the documentation"),
        WORK("change of the project's own works", "changes of the project's own works"),
        PARTS("commit of a change above", "commits of changes above");

        private final String one;
        private final String many;

        Sort(String one, String many) {
            this.one = one;
            this.many = many;
        }
    }

    private final Map<Sort, Set<String>> lines = new EnumMap<>(Sort.class);

    /** Whether users need not read of it, unless it breaks them. */
    static boolean isInternal(ConventionalCommit change) {
        return INTERNAL.contains(change.type()) || isUpdate(change);
    }

    /** Whether it updates a dependency and does nothing else. */
    static boolean isUpdate(ConventionalCommit change) {
        return change.type().equals("deps")
                || change.scope()
                        .map(s -> DEPENDENCIES.contains(s.toLowerCase(java.util.Locale.ROOT)))
                        .orElse(false)
                || isUpdate(change.description()) && !change.type().startsWith("feat");
    }

    static boolean isUpdate(String subject) {
        return UPDATE.matcher(subject).matches();
    }

    /** Whether a subject says that it is about security. */
    static boolean securitySubject(String subject) {
        return names(subject) || MARK.matcher(subject).find();
    }

    /** Whether a text names a published vulnerability. */
    static boolean names(String text) {
        return VULNERABILITY.matcher(text).find();
    }

    /** Adds a line; false, since nobody sees it unfolded. */
    boolean add(Optional<ConventionalCommit> change, String subject) {
        Sort sort = change.map(Folded::sort).orElse(isUpdate(subject) ? Sort.DEPENDENCIES : Sort.PARTS);
        String line = Markdown.line(subject);
        if (!line.isEmpty()) {
            lines.computeIfAbsent(sort, s -> new LinkedHashSet<>()).add(line);
        }
        return false;
    }

    private static Sort sort(ConventionalCommit change) {
        if (isUpdate(change)) {
            return Sort.DEPENDENCIES;
        }
        return DOCS.contains(change.type()) ? Sort.DOCS : INTERNAL.contains(change.type()) ? Sort.WORK : Sort.PARTS;
    }

    String markdown() {
        if (lines.isEmpty()) {
            return "";
        }
        StringJoiner counts = new StringJoiner(", ");
        lines.forEach((sort, all) -> counts.add(all.size() + " " + (all.size() == 1 ? sort.one : sort.many)));
        StringBuilder out = new StringBuilder("\n<details>\n<summary>Also in this release: ")
                .append(counts)
                .append("</summary>\n\n");
        lines.values()
                .forEach(
                        all -> all.forEach(line -> out.append("- ").append(line).append('\n')));
        return out.append("\n</details>\n").toString();
    }
}
