package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.vote.VoteRecord;

/** Media and artifact types of what we stage. */
public final class MediaType {
    /** artifactType of what is built and not yet signed; known to no one but the build. */
    public static final String UNSIGNED = "application/vnd.darwin.release.unsigned.v1+json";
    /** artifactType of the signature over a manifest. */
    public static final String SIGNATURE = "application/vnd.darwin.release.signature.v1+asc";
    /** artifactType of a vote under way: one snapshot an event, so that two people who record at once lose nothing. */
    public static final String VOTE_RUNNING = "application/vnd.darwin.release.vote-running.v1+json";

    public static final String VOTE_RECORD = VoteRecord.MEDIA_TYPE;
    public static final String PROMOTION_RECORD = "application/vnd.darwin.release.promotion.v1+json";

    /** artifactType of a file that a statement was made of, with its signature. */
    public static final String EVIDENCE_FILE = "application/vnd.darwin.release.evidence.v1";

    /** artifactType of the record that takes a release back. */
    public static final String WITHDRAWAL = "application/vnd.darwin.release.withdrawal.v1+json";

    public static final String JSON = "application/json";
    public static final String TEXT = "text/plain";
    /** RFC 3156 and the registrations of IANA. */
    public static final String ARMORED_SIGNATURE = "application/pgp-signature";

    public static final String ARMORED_KEYS = "application/pgp-keys";

    private MediaType() {}

    /** By the ending of the file's name. */
    public static String ofFile(String name) {
        if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            return "application/gzip";
        }
        if (name.endsWith(".zip") || name.endsWith(".whl")) {
            return "application/zip";
        }
        if (name.endsWith(".md")) {
            return "text/markdown";
        }
        if (name.endsWith(".asc")) {
            return ARMORED_SIGNATURE;
        }
        if (name.equals("KEYS")) {
            return ARMORED_KEYS;
        }
        return name.endsWith(".json") ? JSON : TEXT;
    }
}
