package io.jenkins.plugins.darwin.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that several were squashed into: a list of subjects in the body, as hosts and {@code git merge --squash} write
 * them, each with what stands below it.
 */
final class SquashedMessage {
    private static final Pattern BULLET = Pattern.compile("\\s{0,8}[*+-]\\s+(\\S.*)");
    private static final Pattern PULL = Pattern.compile("\\(#\\d+\\)$");

    private SquashedMessage() {}

    /** The messages in it: the first with what stands before the first entry, then one an entry. Just itself when there is none. */
    static List<String> split(String message) {
        CommitMessage whole = CommitMessage.of(message);
        List<StringBuilder> parts = new ArrayList<>();
        parts.add(new StringBuilder(whole.subject()).append("\n\n"));
        boolean start = true;
        for (String line : whole.body().split("\n", -1)) {
            String entry = entry(line, start);
            if (entry != null) {
                parts.add(new StringBuilder(entry).append("\n\n"));
            } else {
                parts.get(parts.size() - 1).append(line).append('\n');
            }
            start = line.isBlank();
        }
        if (parts.size() == 1) {
            return List.of(message);
        }
        Matcher pull = PULL.matcher(whole.subject());
        String number = pull.find() ? pull.group() : "";
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            messages.add(
                    i == 0 ? parts.get(i).toString() : numbered(parts.get(i).toString(), number));
        }
        return messages;
    }

    private static String entry(String line, boolean start) {
        if (line.isBlank()) {
            return null;
        }
        Matcher bullet = BULLET.matcher(line);
        String text = bullet.matches() ? bullet.group(1) : start ? line.strip() : "";
        // An entry is one of the known types: a footer or a sentence with a colon is none.
        boolean known = SubjectForm.of(text)
                .filter(form -> SubjectForm.KNOWN.contains(form.type()))
                .isPresent();
        boolean prose = !bullet.matches() && !text.isEmpty() && Character.isUpperCase(text.charAt(0));
        return known && !prose ? text : null;
    }

    private static String numbered(String message, String number) {
        int end = message.indexOf('\n');
        String subject = message.substring(0, end);
        return number.isEmpty() || PULL.matcher(subject).find()
                ? message
                : subject + " " + number + message.substring(end);
    }
}
