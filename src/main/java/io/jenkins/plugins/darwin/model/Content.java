package io.jenkins.plugins.darwin.model;

import java.util.Optional;

/**
 * One thing in a candidate, and where people find it.
 *
 * @param kind its kind's word: image, chart, source, notes, ...
 * @param digest of its manifest when it has a place of its own in a registry, else the sha256 of its file
 * @param file the file of the candidate that is it, or that holds the same
 * @param staged where it is while it is voted on; empty for what is only a file of the candidate
 * @param published where it is once released; empty for what is only a file of the candidate
 */
public record Content(
        String kind,
        String name,
        Digest digest,
        Optional<String> file,
        Optional<Place> staged,
        Optional<Place> published) {

    /** A thing that is a file of the candidate and nothing else. */
    public static Content ofFile(Candidate.Artifact file, String kind) {
        return new Content(
                kind, file.name(), file.sha256(), Optional.of(file.name()), Optional.empty(), Optional.empty());
    }

    /** Where it is now. */
    public Optional<Place> place(boolean released) {
        return released ? published : staged;
    }

    /**
     * A name in a registry.
     *
     * @param repository path below the registry's own
     * @param latest whether {@code latest} beside the tag leads to the newest release
     */
    public record Place(String repository, String tag, boolean latest) {
        public Place(String repository, String tag) {
            this(repository, tag, false);
        }
    }
}
