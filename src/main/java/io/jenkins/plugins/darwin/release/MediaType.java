package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.vote.VoteRecord;

/** Media and artifact types of what we stage. */
final class MediaType {
    /** artifactType of what is built and not yet signed; known to no one but the build. */
    static final String UNSIGNED = "application/vnd.darwin.release.unsigned.v1+json";
    /** artifactType of the signature over a manifest. */
    static final String SIGNATURE = "application/vnd.darwin.release.signature.v1+asc";
    /** artifactType of a vote under way: one snapshot an event, so that two people who record at once lose nothing. */
    static final String VOTE_RUNNING = "application/vnd.darwin.release.vote-running.v1+json";

    static final String VOTE_RECORD = VoteRecord.MEDIA_TYPE;
    static final String PROMOTION_RECORD = "application/vnd.darwin.release.promotion.v1+json";

    static final String JSON = "application/json";
    static final String TEXT = "text/plain";
    /** RFC 3156 and the registrations of IANA. */
    static final String ARMORED_SIGNATURE = "application/pgp-signature";

    static final String ARMORED_KEYS = "application/pgp-keys";

    private MediaType() {}

    /** By the ending of the file's name. */
    static String ofFile(String name) {
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
