package io.jenkins.plugins.darwin.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.regex.Pattern;

/** The full name of a Git object, 40 hex digits. */
public record CommitId(String sha) implements Serializable {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CommitId {
        if (sha == null || !FORM.matcher(sha).matches()) {
            throw ReleaseException.usage("Not a full commit id: expected 40 hex digits, found '"
                    + Version.printable(String.valueOf(sha)) + "'.");
        }
    }

    /** The first twelve digits, for people. */
    public String abbreviated() {
        return sha.substring(0, 12);
    }

    @JsonValue
    @Override
    public String toString() {
        return sha;
    }
}
