package io.jenkins.plugins.darwin.notes;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a subject as people write it: Conventional Commits' form, and what stands before or instead of it in the wild.
 *
 * @param type in lower case
 * @param scope empty when there is none
 * @param bang whether it is marked as breaking
 * @param description the rest; a ticket that stood before the head stands behind it
 */
record SubjectForm(String type, Optional<String> scope, boolean bang, String description) {
    /** Types that are recognised in loose forms too; any word is one in the strict form. */
    static final Set<String> KNOWN = Set.of(
            "feat",
            "feature",
            "fix",
            "bugfix",
            "hotfix",
            "perf",
            "security",
            "sec",
            "deps",
            "build",
            "chore",
            "ci",
            "docs",
            "doc",
            "refactor",
            "style",
            "test",
            "tests",
            "revert");

    /** type, {@code !}, scope (which may hold brackets), {@code !}, colon, description. */
    private static final Pattern HEAD = Pattern.compile(
            "([A-Za-z][A-Za-z0-9_-]*)\\s*+(!)?\\s*+(?:\\(([^()]*+(?:\\([^()]*+\\)[^()]*+){0,3})\\)\\s*+)?(!)?\\s*+:(\\s*+)(\\S.*)");

    private static final Pattern TICKET = Pattern.compile(
            "(?:\\[([A-Z][A-Z0-9_]+-\\d+)]|\\(([A-Z][A-Z0-9_]+-\\d+)\\)|([A-Z][A-Z0-9_]+-\\d+))\\s*:?\\s*");
    private static final Pattern SHORTCODE = Pattern.compile(":([a-z0-9_+-]{1,40}):\\s*");
    private static final Pattern LABEL = Pattern.compile("\\[([A-Za-z ]{2,20})]:?\\s*(\\S.*)");

    /** What a bracketed label means, in lower case. */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("feature", "feat"),
            Map.entry("feat", "feat"),
            Map.entry("new feature", "feat"),
            Map.entry("enhancement", "feat"),
            Map.entry("fix", "fix"),
            Map.entry("bug", "fix"),
            Map.entry("bugfix", "fix"),
            Map.entry("bug fix", "fix"),
            Map.entry("hotfix", "fix"),
            Map.entry("security", "security"),
            Map.entry("doc", "docs"),
            Map.entry("docs", "docs"),
            Map.entry("documentation", "docs"),
            Map.entry("test", "test"),
            Map.entry("tests", "test"),
            Map.entry("chore", "chore"),
            Map.entry("ci", "ci"),
            Map.entry("refactor", "refactor"),
            Map.entry("deps", "deps"),
            Map.entry("breaking", "feat!"),
            Map.entry("breaking change", "feat!"));

    /** What a gitmoji means where no type follows it: by its code and by the sign itself. */
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("sparkles", "feat"),
            Map.entry("\u2728", "feat"),
            Map.entry("bug", "fix"),
            Map.entry("\uD83D\uDC1B", "fix"),
            Map.entry("ambulance", "fix"),
            Map.entry("\uD83D\uDE91", "fix"),
            Map.entry("adhesive_bandage", "fix"),
            Map.entry("\uD83E\uDE79", "fix"),
            Map.entry("boom", "feat!"),
            Map.entry("\uD83D\uDCA5", "feat!"),
            Map.entry("zap", "perf"),
            Map.entry("\u26A1", "perf"),
            Map.entry("lock", "security"),
            Map.entry("\uD83D\uDD12", "security"),
            Map.entry("memo", "docs"),
            Map.entry("\uD83D\uDCDD", "docs"),
            Map.entry("arrow_up", "deps"),
            Map.entry("\u2B06", "deps"),
            Map.entry("arrow_down", "deps"),
            Map.entry("\u2B07", "deps"),
            Map.entry("recycle", "refactor"),
            Map.entry("\u267B", "refactor"),
            Map.entry("art", "style"),
            Map.entry("\uD83C\uDFA8", "style"),
            Map.entry("white_check_mark", "test"),
            Map.entry("\u2705", "test"),
            Map.entry("construction_worker", "ci"),
            Map.entry("\uD83D\uDC77", "ci"),
            Map.entry("wrench", "chore"),
            Map.entry("\uD83D\uDD27", "chore"));

    /** Reads a subject; empty when it is in none of the forms. */
    static Optional<SubjectForm> of(String subject) {
        String rest = subject.strip();
        String sign = null;
        String ticket = "";
        for (boolean more = true; more; ) {
            more = false;
            Matcher code = SHORTCODE.matcher(rest);
            int picture = pictures(rest);
            Matcher number = TICKET.matcher(rest);
            if (code.lookingAt()) {
                sign = sign == null ? code.group(1) : sign;
                rest = rest.substring(code.end());
                more = true;
            } else if (picture > 0) {
                sign = sign == null ? new String(Character.toChars(rest.codePointAt(0))) : sign;
                rest = rest.substring(picture).strip();
                more = true;
            } else if (ticket.isEmpty() && number.lookingAt() && number.end() < rest.length()) {
                ticket = " [" + first(number) + "]";
                rest = rest.substring(number.end());
                more = true;
            }
        }
        boolean bare = rest.length() == subject.strip().length();
        Optional<SubjectForm> head = head(rest, bare, ticket);
        if (head.isPresent()) {
            return head;
        }
        Matcher label = LABEL.matcher(rest);
        if (label.matches()
                && LABELS.containsKey(label.group(1).toLowerCase(Locale.ROOT).strip())) {
            return Optional.of(
                    meaning(LABELS.get(label.group(1).toLowerCase(Locale.ROOT).strip()), label.group(2) + ticket));
        }
        return sign != null && SIGNS.containsKey(sign) && !rest.isEmpty()
                ? Optional.of(meaning(SIGNS.get(sign), rest + ticket))
                : Optional.empty();
    }

    private static Optional<SubjectForm> head(String text, boolean bare, String ticket) {
        Matcher m = HEAD.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        String type = m.group(1).toLowerCase(Locale.ROOT);
        boolean strict = bare && !m.group(5).isEmpty() && !text.matches("[A-Za-z0-9_-]+\\s+:.*");
        if (!strict && !KNOWN.contains(type)) {
            return Optional.empty();
        }
        return Optional.of(new SubjectForm(
                type,
                Optional.ofNullable(m.group(3)).map(String::strip).filter(s -> !s.isEmpty()),
                m.group(2) != null || m.group(4) != null,
                m.group(6) + ticket));
    }

    private static SubjectForm meaning(String type, String description) {
        boolean bang = type.endsWith("!");
        return new SubjectForm(bang ? type.substring(0, type.length() - 1) : type, Optional.empty(), bang, description);
    }

    /** How many characters of pictures, with their marks and joiners, a text begins with. */
    private static int pictures(String text) {
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            boolean picture = Character.getType(c) == Character.OTHER_SYMBOL
                    || c >= 0x1F3FB && c <= 0x1F3FF
                    || i > 0 && (c == 0xFE0F || c == 0x200D);
            if (!picture) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static String first(Matcher m) {
        for (int i = 1; i <= m.groupCount(); i++) {
            if (m.group(i) != null) {
                return m.group(i);
            }
        }
        throw new IllegalStateException("a group matched");
    }
}
