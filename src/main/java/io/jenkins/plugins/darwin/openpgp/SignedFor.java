package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What one signature is for: it stands in the hashed area of the signature itself, as notations that people can read (RFC
 * 9580, 5.2.3.24), so a signature over one thing can't be shown as one over another that happens to have the same bytes.
 *
 * @param project as the configuration names it
 * @param candidate {@code X.Y.Z-RCn}; for a commit, made before there is a candidate, {@code X.Y.Z}
 * @param name which thing of that purpose: a file's name, a tag's, a branch's; for what is said of a whole candidate (its
 *     manifest, vote, promotion) the candidate digest
 */
public record SignedFor(Purpose purpose, String project, String candidate, String name) implements Serializable {
    /** Bytes of UTF-8 in any of the three texts: a file name has at most 255, a subpacket must stay small. */
    private static final int LONGEST = 300;

    public SignedFor {
        Objects.requireNonNull(purpose);
        require("project", project);
        require("candidate", candidate);
        require("name", name);
    }

    private static void require(String what, String value) {
        if (value == null || !fits(value)) {
            throw ReleaseException.refused("Not the " + what + " of anything to sign: expected 1 to " + LONGEST
                    + " bytes without control characters, found '" + Text.shown(String.valueOf(value)) + "'.");
        }
    }

    /** Whether a text may stand in a signature. */
    static boolean fits(String value) {
        return !value.isEmpty()
                && value.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && value.codePoints().noneMatch(SignedFor::odd);
    }

    /** Control and format characters (bidi marks among them), halves of pairs: what is shown would not be what is signed. */
    private static boolean odd(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** A file of a candidate, by its name. */
    public static SignedFor file(String project, CandidateId candidate, String name) {
        return new SignedFor(Purpose.FILE, project, candidate.toString(), name);
    }

    /** A candidate's manifest. */
    public static SignedFor candidate(String project, CandidateId candidate, Digest digest) {
        return new SignedFor(Purpose.CANDIDATE, project, candidate.toString(), digest.toString());
    }

    /** The vote on a candidate digest. */
    public static SignedFor vote(String project, CandidateId candidate, Digest digest) {
        return new SignedFor(Purpose.VOTE, project, candidate.toString(), digest.toString());
    }

    /** The promotion of a candidate digest. */
    public static SignedFor promotion(String project, CandidateId candidate, Digest digest) {
        return new SignedFor(Purpose.PROMOTION, project, candidate.toString(), digest.toString());
    }

    /** What is stated of a candidate digest. */
    public static SignedFor evidence(String project, CandidateId candidate, Digest digest) {
        return new SignedFor(Purpose.EVIDENCE, project, candidate.toString(), digest.toString());
    }

    /** The withdrawal of the release that a candidate digest became. */
    public static SignedFor withdrawal(String project, CandidateId candidate, Digest digest) {
        return new SignedFor(Purpose.WITHDRAWAL, project, candidate.toString(), digest.toString());
    }

    /** The Git tag of the version that the candidate becomes. */
    public static SignedFor tag(String project, CandidateId candidate, String tag) {
        return new SignedFor(Purpose.TAG, project, candidate.toString(), tag);
    }

    /** A commit that is made for a version, on a branch. */
    public static SignedFor commit(String project, Version version, String branch) {
        return new SignedFor(Purpose.COMMIT, project, version.toString(), branch);
    }

    /** For people: "a file of darwin 1.3.0-RC1". */
    public String phrase() {
        return purpose.phrase() + " of " + Text.shown(project) + " " + Text.shown(candidate);
    }

    /** Why a signature that is for this does not count for what was expected: one clause. */
    String insteadOf(SignedFor expected) {
        String found = "signed as " + phrase();
        if (!project.equals(expected.project) || !candidate.equals(expected.candidate)) {
            return found + ", expected " + expected.phrase();
        }
        return purpose != expected.purpose
                ? found + ", expected " + expected.purpose.phrase()
                : found + " named " + Text.shown(name) + ", expected " + Text.shown(expected.name);
    }
}
