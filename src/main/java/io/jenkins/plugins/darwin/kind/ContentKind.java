package io.jenkins.plugins.darwin.kind;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * One sort of content: image, chart, source archive, notes. It lives with its subject; an ordered list in the use cases names
 * all of them, and nothing else asks which kinds there are.
 *
 * <p>The defaults fit a kind whose contents are files of the candidate and nothing else.
 */
public interface ContentKind {
    /** One lower-case word, as {@code candidate.json}, plans and pages have it. */
    String word();

    /**
     * What this kind makes of a commit, by the configuration; nothing is made yet.
     *
     * @throws io.jenkins.plugins.darwin.model.ReleaseException when the configuration names what is not in the commit
     */
    List<Item> items(ReleaseConfig config, Version version, GitTree tree);

    /** Makes these items: files in the folder, all else in staging by digest. All are told to {@code made}. */
    void make(Making making, List<Item> items, Made made);

    /** Takes an item as an earlier build made it; false when that has none of this name. */
    default boolean take(Candidate earlier, Item item, Made made) {
        Optional<Candidate.Artifact> file = earlier.file(item.name());
        file.ifPresent(f -> made.file(word(), f));
        return file.isPresent();
    }

    /** The name that an item is going to have in staging; empty for one that is a file of the candidate and nothing else. */
    default Optional<Content.Place> staged(CandidateId id, Item item) {
        return Optional.empty();
    }

    /** Its contents in a candidate, with their places. */
    default List<Content> contents(Candidate candidate, CandidateId id) {
        return candidate.files().stream()
                .filter(f -> f.kind().equals(Optional.of(word())))
                .map(f -> Content.ofFile(f, word()))
                .toList();
    }

    /**
     * What is wrong with a content of this kind beyond its bytes.
     *
     * @param manifest what stands at its place in a registry
     */
    default Optional<String> fault(Content content, Manifest manifest, Candidate candidate) {
        return Optional.empty();
    }

    /** The sentence to warn with when a candidate has none of this kind; empty where that is nothing strange. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /**
     * Something that is going to be made.
     *
     * @param shown what sort of thing people take it for: image, file
     * @param name of the image, or of the file
     * @param repeatable whether the same commit gives the same bytes again, with nothing but this program
     * @param how it is made, for people: "from the commit's files", "by a Dockerfile"
     */
    record Item(String shown, String name, boolean repeatable, String how) {
        /** A file that the commit alone decides. */
        public static Item file(String name) {
            return new Item("file", name, true, "from the commit");
        }
    }
}
