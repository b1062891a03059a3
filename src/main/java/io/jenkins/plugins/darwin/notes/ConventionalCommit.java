package io.jenkins.plugins.darwin.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A commit message as <a href="https://www.conventionalcommits.org/en/v1.0.0/">Conventional Commits 1.0.0</a> has it.
 *
 * @param type in lower case, for example {@code feat}
 * @param scope what is in the brackets
 * @param bang whether there is a {@code !} before the colon
 * @param description the rest of the subject
 * @param footers in order; tokens as they were written
 */
public record ConventionalCommit(
        String type, Optional<String> scope, boolean bang, String description, List<Footer> footers) {
    /** Rules 8 and 9: a word with hyphens for spaces, then {@code ": "} or {@code " #"}; BREAKING CHANGE alone has a space. */
    private static final Pattern FOOTER =
            Pattern.compile("(BREAKING CHANGE|[A-Za-z][A-Za-z0-9-]*)(?::\\s+|\\s+(?=#))(.*)");

    private static final Pattern BREAKING = Pattern.compile("BREAKING[ -]CHANGE");

    public ConventionalCommit {
        footers = List.copyOf(footers);
    }

    /** @param value on one line; a line for each paragraph of a breaking change */
    public record Footer(String token, String value) {}

    /** Reads a whole message, or nothing when its subject is not conventional. */
    public static Optional<ConventionalCommit> parse(String message) {
        CommitMessage parts = CommitMessage.of(message);
        return SubjectForm.of(parts.subject())
                .map(form -> new ConventionalCommit(
                        form.type(), form.scope(), form.bang(), form.description(), footers(parts.body())));
    }

    /**
     * The footers of a message's body. A value goes on over the following lines until the next footer, as in the
     * specification. Over an empty line only a BREAKING CHANGE goes on, whose paragraphs users must read: what follows
     * another footer, such as the origin line of a cherry-pick, is no part of it. Paragraphs are kept apart by a line feed.
     */
    static List<Footer> footers(String body) {
        List<Footer> footers = new ArrayList<>();
        String token = null;
        StringBuilder value = new StringBuilder();
        for (String line : body.split("\n")) {
            String text = line.strip();
            Matcher m = mayStart(text) ? FOOTER.matcher(text) : null;
            boolean starts = m != null && m.matches();
            boolean paragraph =
                    token != null && text.isEmpty() && BREAKING.matcher(token).matches();
            boolean origin = text.startsWith("(cherry picked from commit ");
            if (token != null && (starts || origin || text.isEmpty() && !paragraph)) {
                footers.add(new Footer(token, value.toString().strip().replaceAll("\n+", "\n")));
                token = null;
            }
            if (starts) {
                token = m.group(1);
                value = new StringBuilder(m.group(2));
            } else if (paragraph) {
                value.append('\n');
            } else if (token != null) {
                value.append(value.isEmpty() || value.charAt(value.length() - 1) == '\n' ? "" : " ")
                        .append(text);
            }
        }
        if (token != null) {
            footers.add(new Footer(token, value.toString().strip().replaceAll("\n+", "\n")));
        }
        return footers;
    }

    /** A quick look that spares most lines of most bodies the expression: some word, then a separator soon after it. */
    private static boolean mayStart(String line) {
        int i = line.startsWith("BREAKING CHANGE") ? 15 : 0;
        while (i < line.length() && (Character.isLetterOrDigit(line.charAt(i)) || line.charAt(i) == '-')) {
            i++;
        }
        return i > 0
                && i + 1 < line.length()
                && (line.charAt(i) == ':' || Character.isWhitespace(line.charAt(i)) && line.indexOf('#', i) > 0);
    }

    /** Whether it breaks users: a {@code !}, or a BREAKING CHANGE footer (rules 11 to 16). */
    public boolean breaking() {
        return bang || breakingTexts().findAny().isPresent();
    }

    /** What the BREAKING CHANGE footers say. */
    Stream<String> breakingTexts() {
        return footers.stream()
                .filter(f -> BREAKING.matcher(f.token()).matches())
                .map(Footer::value);
    }

    /** The values of a footer, whose token is compared without regard to case (rule 15). */
    Stream<String> footer(String token) {
        return footers.stream().filter(f -> f.token().equalsIgnoreCase(token)).map(Footer::value);
    }

    /** The subject again, in its standard form. */
    public String subject() {
        return type + scope.map(s -> "(" + s + ")").orElse("") + (bang ? "!" : "") + ": " + description;
    }
}
