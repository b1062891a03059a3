package io.jenkins.plugins.darwin.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a candidate, {@code X.Y.Z-RCn}: used for staging names only, never inside an artifact. */
public record CandidateId(Version version, int rc) implements Comparable<CandidateId>, Serializable {
    private static final Pattern FORM = Pattern.compile("(\\d+\\.\\d+\\.\\d+)-RC([1-9]\\d{0,5})");

    public CandidateId {
        if (rc < 1) {
            throw ReleaseException.usage("Not a candidate number: expected 1 or more, found " + rc + ".");
        }
    }

    /** The candidate that a staging tag names, or empty for any other tag. */
    public static Optional<CandidateId> ofTag(String tag) {
        Matcher m = FORM.matcher(tag);
        return m.matches()
                ? Optional.of(new CandidateId(Version.parse(m.group(1)), Integer.parseInt(m.group(2))))
                : Optional.empty();
    }

    /** @throws ReleaseException usage, when the text is not {@code X.Y.Z-RCn} */
    @JsonCreator
    public static CandidateId parse(String text) {
        return ofTag(String.valueOf(text))
                .orElseThrow(() ->
                        ReleaseException.usage("Not a candidate: expected X.Y.Z-RCn, for example 1.3.0-RC1, found '"
                                + Version.printable(String.valueOf(text)) + "'."));
    }

    public CandidateId next() {
        return new CandidateId(version, rc + 1);
    }

    @Override
    public int compareTo(CandidateId other) {
        return Comparator.comparing(CandidateId::version)
                .thenComparingInt(CandidateId::rc)
                .compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return version + "-RC" + rc;
    }
}
