package io.jenkins.plugins.darwin.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code candidate.json}: everything in a candidate, by digest. The same commit gives the same bytes, so it holds no
 * candidate number, no name of a staging place, no build time.
 *
 * @param schemaVersion 1
 * @param created the time of the commit, UTC
 * @param previous the tag that the release notes start from
 */
public record Candidate(
        int schemaVersion,
        String project,
        Version version,
        CommitId commit,
        String branch,
        Instant created,
        Optional<String> previous,
        List<Image> images,
        List<Chart> charts,
        List<Artifact> files) {
    /** The file's name, in a candidate's folder and among its layers. */
    public static final String FILE = "candidate.json";
    /** artifactType of the candidate's manifest and media type of its config. */
    public static final String MEDIA_TYPE = "application/vnd.darwin.release.candidate.v1+json";

    public Candidate {
        images = List.copyOf(images);
        charts = List.copyOf(charts);
        files = List.copyOf(files);
    }

    /**
     * An image of the release.
     *
     * @param name the last part of its repository's path
     * @param digest of its manifest or index
     * @param size of that manifest, in bytes
     */
    public record Image(String name, String mediaType, Digest digest, long size) {}

    /**
     * A chart, as a file of the candidate and as what {@code helm install oci://} takes.
     *
     * @param digest of its OCI manifest
     */
    public record Chart(String name, String file, Digest digest) {}

    /**
     * A file of the candidate.
     *
     * @param size in bytes
     */
    public record Artifact(String name, String mediaType, long size, Digest sha256, Digest sha512) {}
}
