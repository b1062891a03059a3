package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.regex.Pattern;

/** The form of a ballot's ID: a UUID fits, and so does a mail's Message-ID without its angle brackets. */
final class BallotId {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+=:/-]{0,199}");

    private BallotId() {}

    static String check(String id) {
        if (id == null || !FORM.matcher(id).matches()) {
            throw ReleaseException.usage(
                    "Not the ID of a ballot: expected letters, digits and ._@+=:/- (for example a UUID), found '"
                            + Words.shown(String.valueOf(id)) + "'.");
        }
        return id;
    }
}
