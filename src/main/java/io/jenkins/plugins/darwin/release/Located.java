package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Registry;
import java.util.Optional;

/**
 * A candidate or release that somebody named, and where it is.
 *
 * @param registry that holds its repository and those of the images beside it
 * @param released whether it was found under the name of a release
 */
public record Located(Registry registry, CandidateStore store, StagedCandidate candidate, boolean released) {
    /** Whether a text is the name of a release or candidate, and no place. */
    public static boolean isName(String text) {
        return CandidateId.ofTag(text).isPresent() || text.matches("[0-9]+(\\.[0-9]+)*");
    }

    /**
     * By name, in the registries of the repository.
     *
     * @param name {@code X.Y.Z-RCn} for a candidate in staging, {@code X.Y.Z} for a release
     * @throws ReleaseException refused, when it is not there; usage, for what is no name
     */
    public static Located named(Workspace workspace, String name) {
        Optional<CandidateId> id = CandidateId.ofTag(name);
        Version version = id.map(CandidateId::version).orElseGet(() -> Version.parse(name));
        ReleaseLine line = ReleaseLine.of(workspace, version);
        CandidateStore store = id.isPresent() ? line.candidates() : line.released();
        return new Located(
                id.isPresent() ? line.staging() : line.release(),
                store,
                store.findNamed(name)
                        .orElseThrow(() ->
                                ReleaseException.refused(store.repository().reference() + ":" + name
                                        + " does not exist: expected a "
                                        + (id.isPresent()
                                                ? "signed candidate"
                                                : "release; name a candidate as " + version + "-RCn")
                                        + ", found nothing.")),
                id.isEmpty());
    }

    /**
     * By its place, wherever that is.
     *
     * @param repository path in the registry
     * @param tagOrDigest {@code X.Y.Z-RCn}, {@code X.Y.Z} or {@code sha256:...}
     */
    public static Located at(Registry registry, String repository, String tagOrDigest) {
        CandidateStore store = new CandidateStore(registry.repository(repository));
        String tag = tagOrDigest.startsWith("sha256:") ? store.tagOf(Digest.parse(tagOrDigest)) : tagOrDigest;
        return new Located(
                registry,
                store,
                store.findNamed(tag)
                        .orElseThrow(() ->
                                ReleaseException.refused(store.repository().reference() + ":" + tag
                                        + " does not exist: expected a candidate or a release, found nothing.")),
                CandidateId.ofTag(tag).isEmpty());
    }

    /** As people call it. */
    public String name() {
        return released ? candidate.id().version().toString() : candidate.id().toString();
    }

    /** {@code host/path/name:tag}. */
    public String reference() {
        return store.repository().reference() + ":" + name();
    }
}
