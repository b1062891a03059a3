package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names and reasons from outside: checked once, when they come in. */
final class Words {
    static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 4000;
    private static final int LONGEST_NAME = 100;
    /** Control and format characters (line breaks, bidi overrides) could forge a line of a log or a mail. */
    private static final Pattern UNSAFE_NAME = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}<>\",]");
    /** Joiners are part of some scripts and emoji. */
    private static final Pattern UNSAFE_TEXT =
            Pattern.compile("[\\p{Cs}\\p{Zl}\\p{Zp}[\\p{Cc}&&[^\\n\\t]][\\p{Cf}&&[^\\u200c\\u200d]]]");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Words() {}

    /**
     * The ID of a person, in lower case: Alice and alice are one voter, as in Jenkins' own user IDs.
     *
     * @throws ReleaseException usage, for what can't be an ID
     */
    static String person(String id) {
        String name =
                id == null ? "" : Normalizer.normalize(id, Normalizer.Form.NFC).strip();
        if (name.isEmpty()
                || name.length() > LONGEST_NAME
                || name.startsWith("@")
                || UNSAFE_NAME.matcher(name).find()) {
            throw ReleaseException.usage("Not the ID of a voter: expected 1 to " + LONGEST_NAME
                    + " characters without line breaks, commas, quotes or angle brackets, found '" + shown(name)
                    + "'.");
        }
        return Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /** Text of several lines for the record: stripped, with line feeds only. */
    static String text(String what, String text) {
        String clean = text == null ? "" : text.replace("\r\n", "\n").strip();
        if (clean.length() > LONGEST_REASON) {
            throw ReleaseException.usage("The " + what + " is too long: expected at most " + LONGEST_REASON
                    + " characters, found " + clean.length() + ".");
        }
        if (UNSAFE_TEXT.matcher(clean).find()) {
            throw ReleaseException.usage("The " + what + " holds control characters: expected plain text.");
        }
        return clean;
    }

    static String reason(String what, String text) {
        String clean = text(what, text);
        int length = clean.codePointCount(0, clean.length());
        if (length < SHORTEST_REASON) {
            throw ReleaseException.usage("A " + what + " is needed: expected at least " + SHORTEST_REASON
                    + " characters, found " + length + ".");
        }
        return clean;
    }

    static String shown(String foreign) {
        String clean = ForeignText.shown(foreign);
        return clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) + "..." : clean;
    }

    static String time(Instant time) {
        return TIME.format(time);
    }
}
