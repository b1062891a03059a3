package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The line that {@code git cherry-pick -x} adds to a message. */
final class OriginLine {
    private static final Pattern ORIGIN = Pattern.compile("\\(cherry picked from commit [0-9a-f]+\\)");
    private static final Pattern FULL = Pattern.compile("(?m)^\\(cherry picked from commit ([0-9a-f]{40})\\)\\s*$");
    private static final Pattern TRAILER = Pattern.compile("[A-Za-z0-9-]+[ \\t]*:.*");
    private static final Pattern OURS = Pattern.compile("Signed-off-by: .*|" + ORIGIN.pattern());

    private OriginLine() {}

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
    static String add(String message, String sha) {
        String text = message.endsWith("\n") || message.isEmpty() ? message : message + "\n";
        return text + (endsWithTrailers(text) ? "" : "\n") + "(cherry picked from commit " + sha + ")\n";
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
