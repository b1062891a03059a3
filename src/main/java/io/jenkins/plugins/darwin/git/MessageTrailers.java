package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The lines that {@code git cherry-pick -x} and {@code git commit --signoff} add to a message. */
final class MessageTrailers {
    private static final Pattern ORIGIN = Pattern.compile("\\(cherry picked from commit [0-9a-f]+\\)");
    private static final Pattern FULL = Pattern.compile("(?m)^\\(cherry picked from commit ([0-9a-f]{40})\\)\\s*$");
    private static final Pattern TRAILER = Pattern.compile("[A-Za-z0-9-]+[ \\t]*:.*");
    private static final Pattern OURS = Pattern.compile("Signed-off-by: .*|" + ORIGIN.pattern());

    private MessageTrailers() {}

    /** The commits that a message names as its origins, by full id. */
    static List<CommitId> origins(String message) {
        if (!message.contains("(cherry picked from")) {
            return List.of();
        }
        return FULL.matcher(message)
                .results()
                .map(r -> new CommitId(r.group(1)))
                .toList();
    }

    /** After the trailers when the message ends with some, else as a paragraph of its own. */
    static String origin(String message, String sha) {
        return add(message, "(cherry picked from commit " + sha + ")");
    }

    /** Once: who has signed off last does not do it again. */
    static String signOff(String message, Person person) {
        String line = "Signed-off-by: " + person;
        return message.stripTrailing().endsWith("\n" + line) ? message : add(message, line);
    }

    private static String add(String message, String line) {
        String text = message.endsWith("\n") || message.isEmpty() ? message : message + "\n";
        return text + (endsWithTrailers(text) ? "" : "\n") + line + "\n";
    }

    /**
     * The rule of {@code git interpret-trailers}: the last paragraph, not the first, holds trailers only, or one that
     * Git itself writes and at least a quarter of trailers. A line that begins with a space continues the one above.
     */
    private static boolean endsWithTrailers(String text) {
        List<String> paragraphs = Arrays.asList(text.stripTrailing().split("\\n[ \\t]*\\n"));
        if (paragraphs.size() < 2) {
            return false;
        }
        int trailers = 0;
        int others = 0;
        boolean ours = false;
        boolean inTrailer = false;
        for (String line : paragraphs.get(paragraphs.size() - 1).split("\\n")) {
            if (line.isBlank()) {
                continue;
            }
            if (inTrailer && Character.isWhitespace(line.charAt(0))) {
                continue;
            }
            ours |= OURS.matcher(line).matches();
            inTrailer = TRAILER.matcher(line).matches() || ORIGIN.matcher(line).matches();
            if (inTrailer) {
                trailers++;
            } else {
                others++;
            }
        }
        return trailers > 0 && others == 0 || ours && trailers * 3 >= others;
    }
}
