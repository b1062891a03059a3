package io.jenkins.plugins.darwin.notes;

import io.jenkins.plugins.darwin.model.ChangeKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a commit's message what sort of change it is. */
public final class ChangeKinds {
    /** As Git words them; a reapplied commit is a revert of its revert. */
    private static final Pattern REVERT = Pattern.compile("(?i)(?:Revert|revert:) \"(.*)\"(?: \\(#\\d+\\))?");

    private static final Pattern REAPPLY = Pattern.compile("Reapply \"(.*)\"(?: \\(#\\d+\\))?");

    /** The project's own version is no dependency. */
    private static final Pattern OWN =
            Pattern.compile("(?i)(?:bump|update)s? (?:the )?(?:project(?:'s)? )?version to \\S+");

    private static final Map<String, ChangeKind> TYPES = Map.ofEntries(
            Map.entry("feat", ChangeKind.FEATURE),
            Map.entry("feature", ChangeKind.FEATURE),
            Map.entry("fix", ChangeKind.FIX),
            Map.entry("bugfix", ChangeKind.FIX),
            Map.entry("hotfix", ChangeKind.FIX),
            Map.entry("security", ChangeKind.SECURITY),
            Map.entry("sec", ChangeKind.SECURITY),
            Map.entry("perf", ChangeKind.PERFORMANCE),
            Map.entry("docs", ChangeKind.DOCS),
            Map.entry("doc", ChangeKind.DOCS),
            Map.entry("refactor", ChangeKind.REFACTOR),
            Map.entry("deps", ChangeKind.UPGRADE),
            Map.entry("revert", ChangeKind.REVERT),
            Map.entry("test", ChangeKind.TEST),
            Map.entry("tests", ChangeKind.TEST),
            Map.entry("ci", ChangeKind.CI),
            Map.entry("build", ChangeKind.BUILD),
            Map.entry("style", ChangeKind.STYLE),
            Map.entry("chore", ChangeKind.CHORE));

    /** First words of those who write no type. */
    private static final Map<ChangeKind, Pattern> WORDS = Map.of(
            ChangeKind.FIX,
                    words("fix|fixe[sd]|fixing|bug ?fix(?:es)?|hot ?fix(?:es)?|resolve[sd]?|correct(?:s|ed)?|repairs?"),
            ChangeKind.DOCS, words("docs?|documentation|document(?:s|ed)?|readme|typos?"),
            ChangeKind.FEATURE, words("add(?:s|ed)?|implement(?:s|ed)?|introduce[sd]?|supports?|feature"),
            ChangeKind.REFACTOR, words("refactor(?:s|ed|ing)?|rename[sd]?|clean ?up|simplif(?:y|ies|ied)|restructure"));

    private ChangeKinds() {}

    private static Pattern words(String alternatives) {
        return Pattern.compile("(?i)(?:" + alternatives + ")\\b.*");
    }

    /** What the whole message comes to: a squashed pull request that brings a feature is one, whatever its title says. */
    public static ChangeKind of(String message) {
        String subject = CommitMessage.of(message).subject();
        int turns = 0;
        for (Matcher m = REVERT.matcher(subject); ; m = REVERT.matcher(subject)) {
            Matcher again = REAPPLY.matcher(subject);
            if (m.matches()) {
                turns++;
                subject = m.group(1);
            } else if (again.matches()) {
                turns += 2;
                subject = again.group(1);
            } else {
                break;
            }
        }
        if (turns > 0) {
            return turns % 2 == 1 ? ChangeKind.REVERT : single(subject);
        }
        List<String> parts = SquashedMessage.split(message);
        ChangeKind head = single(message);
        for (String part : parts.subList(1, parts.size())) {
            ChangeKind kind = single(part);
            if (kind == ChangeKind.FEATURE || kind == ChangeKind.UPGRADE && head != ChangeKind.SECURITY) {
                return kind;
            }
            if (head == ChangeKind.OTHER) {
                head = kind;
            }
        }
        return head;
    }

    /** Whether it says that it breaks users. */
    public static boolean breaks(String message) {
        return ConventionalCommit.parse(message)
                .map(ConventionalCommit::breaking)
                .orElseGet(() -> ConventionalCommit.footers(
                                CommitMessage.of(message).body())
                        .stream()
                        .anyMatch(f -> f.token().matches("BREAKING[ -]CHANGE")));
    }

    private static ChangeKind single(String message) {
        Optional<ConventionalCommit> parsed = ConventionalCommit.parse(message);
        String subject = CommitMessage.of(message).subject();
        if (parsed.isEmpty()) {
            if (OWN.matcher(subject).matches()) {
                return ChangeKind.CHORE;
            }
            if (Folded.isUpdate(subject)) {
                return Folded.names(message) ? ChangeKind.SECURITY : ChangeKind.UPGRADE;
            }
            ChangeKind kind = WORDS.entrySet().stream()
                    .filter(e -> e.getValue().matcher(subject).matches())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(ChangeKind.OTHER);
            return kind != ChangeKind.FEATURE && kind != ChangeKind.REFACTOR && Folded.securitySubject(subject)
                    ? ChangeKind.SECURITY
                    : kind;
        }
        ConventionalCommit change = parsed.get();
        boolean update =
                Folded.isUpdate(change) && !OWN.matcher(change.description()).matches();
        ChangeKind kind = update ? ChangeKind.UPGRADE : TYPES.getOrDefault(change.type(), ChangeKind.OTHER);
        return switch (kind) {
            // That a feature is about security makes it no fix.
            case FEATURE, REFACTOR, REVERT, DOCS, TEST, CI, STYLE -> kind;
            default -> security(change, message) ? ChangeKind.SECURITY : kind;
        };
    }

    private static boolean security(ConventionalCommit change, String message) {
        return change.scope()
                        .map(s -> s.toLowerCase(Locale.ROOT).matches("security|sec"))
                        .orElse(false)
                || Folded.securitySubject(change.description())
                || Folded.names(message);
    }
}
