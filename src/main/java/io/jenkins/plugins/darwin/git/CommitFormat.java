package io.jenkins.plugins.darwin.git;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Fills in {@code $Format:...$} as {@code git archive} does for files with {@code export-subst}, from the commit and the name
 * of its tag alone ({@code git log}, "PRETTY FORMATS"). Where Git's answer depends on more than these, the same text comes out on
 * every machine all the same: abbreviated ids have seven digits, the only ref is the release's tag, and names are not mapped.
 */
public final class CommitFormat {
    private static final String START = "$Format:";
    private static final int ABBREVIATED = 7;

    private final RevCommit commit;
    private final String message;
    private final String tag;

    CommitFormat(RevCommit commit, String tag) {
        this.commit = commit;
        this.message = commit.getFullMessage();
        this.tag = tag;
    }

    /** A file's content with every {@code $Format:...$} filled in. */
    public byte[] fill(byte[] content) {
        // Bytes that are no placeholder go through as they are, in whatever encoding.
        String text = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(content.length);
        int at = 0;
        for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, at)) {
            int end = text.indexOf('$', start + START.length());
            if (end < 0) {
                break;
            }
            out.writeBytes(Arrays.copyOfRange(content, at, start));
            String format = new String(
                    content,
                    start + START.length(),
                    end - start - START.length(),
                    java.nio.charset.StandardCharsets.UTF_8);
            out.writeBytes(format(format).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            at = end + 1;
        }
        out.writeBytes(Arrays.copyOfRange(content, at, content.length));
        return out.toByteArray();
    }

    private String format(String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); ) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                i++;
                continue;
            }
            i = placeholder(format, i, out);
        }
        return out.toString();
    }

    /** Writes what stands at a percent sign; what is no placeholder of ours stays. Returns where to go on. */
    private int placeholder(String format, int at, StringBuilder out) {
        char first = format.charAt(at + 1);
        if (format.startsWith("(describe", at + 1)) {
            int close = format.indexOf(')', at);
            if (close > 0) {
                out.append(tag);
                return close + 1;
            }
        }
        if (first == 'x'
                && at + 4 <= format.length()
                && format.substring(at + 2, at + 4).matches("[0-9a-fA-F]{2}")) {
            out.append((char) Integer.parseInt(format.substring(at + 2, at + 4), 16));
            return at + 4;
        }
        if ((first == 'a' || first == 'c') && at + 2 < format.length()) {
            String value =
                    person(first == 'a' ? commit.getAuthorIdent() : commit.getCommitterIdent(), format.charAt(at + 2));
            if (value != null) {
                out.append(value);
                return at + 3;
            }
        }
        String value = simple(first);
        out.append(value == null ? format.substring(at, at + 2) : value);
        return at + 2;
    }

    private String simple(char placeholder) {
        return switch (placeholder) {
            case 'H' -> commit.name();
            case 'h' -> commit.name().substring(0, ABBREVIATED);
            case 'T' -> commit.getTree().name();
            case 't' -> commit.getTree().name().substring(0, ABBREVIATED);
            case 'P' -> parents(40);
            case 'p' -> parents(ABBREVIATED);
            case 'D' -> "tag: " + tag;
            case 'd' -> " (tag: " + tag + ")";
            case 's' -> subject();
            case 'f' -> sanitized();
            case 'b' -> body();
            case 'B' -> message;
            case 'e' -> "";
            case 'n' -> "\n";
            case '%' -> "%";
            default -> null;
        };
    }

    private String parents(int digits) {
        return Arrays.stream(commit.getParents())
                .map(p -> p.name().substring(0, digits))
                .collect(Collectors.joining(" "));
    }

    private static String person(PersonIdent person, char what) {
        return switch (what) {
            case 'n', 'N' -> person.getName();
            case 'e', 'E' -> person.getEmailAddress();
            case 'l', 'L' -> person.getEmailAddress().replaceFirst("@.*", "");
            case 't' -> String.valueOf(person.getWhenAsInstant().getEpochSecond());
            case 'd' -> time(person, "EEE MMM d HH:mm:ss uuuu xx");
            case 'D' -> time(person, "EEE, d MMM uuuu HH:mm:ss xx");
            case 'i' -> time(person, "uuuu-MM-dd HH:mm:ss xx");
            case 'I' -> time(person, "uuuu-MM-dd'T'HH:mm:ssxxx");
            case 's' -> time(person, "uuuu-MM-dd");
            default -> null;
        };
    }

    private static String time(PersonIdent person, String pattern) {
        Instant when = person.getWhenAsInstant();
        ZonedDateTime local = when.atZone(ZoneOffset.ofTotalSeconds(person.getTimeZoneOffset() * 60));
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(local);
    }

    /** The first paragraph on one line. */
    private String subject() {
        return paragraph().stream().map(String::strip).collect(Collectors.joining(" "));
    }

    private List<String> paragraph() {
        return message.lines()
                .dropWhile(String::isBlank)
                .takeWhile(l -> !l.isBlank())
                .toList();
    }

    private String body() {
        List<String> rest = message.lines()
                .dropWhile(String::isBlank)
                .dropWhile(l -> !l.isBlank())
                .dropWhile(String::isBlank)
                .toList();
        return rest.isEmpty() ? "" : String.join("\n", rest) + "\n";
    }

    /** The subject's first line as part of a file's name. */
    private String sanitized() {
        String name = paragraph().stream()
                .findFirst()
                .orElse("")
                .replaceAll("[^A-Za-z0-9._]+", "-")
                .replaceAll("\\.{2,}", ".");
        return name.replaceAll("^-+|[-.]+$", "");
    }
}
