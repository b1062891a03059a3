package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Arrays;

/** What a ballot says. */
public enum Choice {
    /** Approve. */
    PLUS_ONE("+1"),
    /** Seen, no opinion: counts as having voted. */
    ZERO("0"),
    /** Block; a binding one is a veto. */
    MINUS_ONE("-1");

    private final String sign;

    Choice(String sign) {
        this.sign = sign;
    }

    /** As people write it: +1, 0, -1. */
    public String sign() {
        return sign;
    }

    /** @throws ReleaseException usage, for anything but +1, 1, 0, -1 */
    public static Choice parse(String text) {
        String given = text == null ? "" : text.strip();
        return Arrays.stream(values())
                .filter(c -> c.sign.equals(given) || c == PLUS_ONE && given.equals("1"))
                .findFirst()
                .orElseThrow(() -> ReleaseException.usage(
                        "Not a vote: expected +1, 0 or -1, found '" + Words.shown(given) + "'."));
    }
}
