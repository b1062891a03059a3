package io.jenkins.plugins.darwin.notes;

import java.util.regex.Pattern;

/**
 * A commit's message in its two parts.
 *
 * @param subject the first paragraph on one line, as {@code git log --format=%s} gives it
 * @param body what comes after it, with its line feeds
 */
record CommitMessage(String subject, String body) {
    /** Where a first paragraph ends although no empty line says so: people forget it before a list or a footer. */
    private static final Pattern NO_SUBJECT = Pattern.compile(
            "[*+-]\\s.*|BREAKING[ -]CHANGE:.*|[A-Z][A-Za-z-]*: .*|\\(cherry picked from .*|This reverts commit .*");

    static CommitMessage of(String message) {
        StringBuilder subject = new StringBuilder();
        int at = 0;
        while (at < message.length()) {
            int end = message.indexOf('\n', at);
            int next = end < 0 ? message.length() : end + 1;
            String line =
                    message.substring(at, end < 0 ? message.length() : end).strip();
            if (!subject.isEmpty()
                    && (line.isEmpty() || NO_SUBJECT.matcher(line).matches())) {
                break;
            }
            if (!line.isEmpty()) {
                subject.append(subject.isEmpty() ? "" : " ").append(line);
            }
            at = next;
        }
        return new CommitMessage(subject.toString(), message.substring(at));
    }
}
