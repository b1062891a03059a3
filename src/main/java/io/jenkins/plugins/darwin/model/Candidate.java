package io.jenkins.plugins.darwin.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code candidate.json}: everything in a candidate, by digest. The same commit gives the same bytes, so it holds no
 * candidate number, no name of a staging place, no build time.
 *
 * <p>It comes from registries that nobody trusts, and its names become paths, references and lines on a terminal. So there is
 * no value of this type whose names are not safe, unique, and complete: whoever reads one is told what is wrong with it.
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
        if (schemaVersion != 1) {
            throw ReleaseException.refused(
                    "Not a candidate of a form that is known here: expected schemaVersion 1, found " + schemaVersion
                            + "; it may need a newer version of this tool.");
        }
        CandidateNames.component("project", project);
        CandidateNames.present("version", version);
        CandidateNames.present("commit", commit);
        CandidateNames.branch(branch);
        CandidateNames.present("created", created);
        previous = previous == null ? Optional.empty() : previous;
        previous.ifPresent(CandidateNames::tag);
        images = CandidateNames.unique("image", images, Image::name);
        charts = CandidateNames.unique("chart", charts, Chart::name);
        files = CandidateNames.unique("file", files, Artifact::name);
        for (Chart chart : charts) {
            if (files.stream().noneMatch(f -> f.name().equals(chart.file()))) {
                throw ReleaseException.refused("Chart " + chart.name() + " has no file in the candidate: expected "
                        + chart.file() + " among its files.");
            }
        }
    }

    public Optional<Image> image(String name) {
        return images.stream().filter(i -> i.name().equals(name)).findFirst();
    }

    public Optional<Chart> chart(String name) {
        return charts.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    public Optional<Artifact> file(String name) {
        return files.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /**
     * An image of the release.
     *
     * @param name the last part of its repository's path
     * @param digest of its manifest or index
     * @param size of that manifest, in bytes
     */
    public record Image(String name, String mediaType, Digest digest, long size) {
        public Image {
            CandidateNames.image(name);
            CandidateNames.mediaType(mediaType);
            CandidateNames.present("the digest of image " + name, digest);
            CandidateNames.size(name, size);
        }
    }

    /**
     * A chart, as a file of the candidate and as what {@code helm install oci://} takes.
     *
     * @param digest of its OCI manifest
     */
    public record Chart(String name, String file, Digest digest) {
        public Chart {
            CandidateNames.component("chart", name);
            CandidateNames.file(file);
            CandidateNames.present("the digest of chart " + name, digest);
        }
    }

    /**
     * A file of the candidate.
     *
     * @param kind what sort of content it is, by the word of its kind: source, chart, notes, ...
     * @param size in bytes
     */
    public record Artifact(
            String name, Optional<String> kind, String mediaType, long size, Digest sha256, Digest sha512) {
        public Artifact {
            CandidateNames.file(name);
            kind = kind == null ? Optional.empty() : kind;
            kind.ifPresent(k -> CandidateNames.component("kind", k));
            CandidateNames.mediaType(mediaType);
            CandidateNames.size(name, size);
            CandidateNames.digest(name, "sha256", sha256);
            CandidateNames.digest(name, "sha512", sha512);
        }

        /** One whose kind nobody has said yet. */
        public Artifact(String name, String mediaType, long size, Digest sha256, Digest sha512) {
            this(name, Optional.empty(), mediaType, size, sha256, sha512);
        }

        public Artifact ofKind(String word) {
            return new Artifact(name, Optional.of(word), mediaType, size, sha256, sha512);
        }

        /** As a layer of the candidate, under its name. */
        public Descriptor descriptor() {
            return Descriptor.of(mediaType, sha256, size).titled(name);
        }
    }
}
