package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ForeignText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Foreign text and times, fit for a message. */
final class Text {
    private static final int LONGEST = 100;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Text() {}

    static String shown(String foreign) {
        String clean = ForeignText.shown(foreign);
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "..." : clean;
    }

    static String time(Instant time) {
        return DAY.format(time);
    }
}
