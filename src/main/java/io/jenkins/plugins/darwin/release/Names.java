package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Repository;

/** Gives a digest a name. */
final class Names {
    private Names() {}

    /** Tags the manifest with this digest, byte for byte. */
    static void give(Repository repository, Digest digest, String tag) {
        repository.tag(require(repository, digest), tag);
    }

    /** @throws ReleaseException refused, when the repository has lost it */
    static Manifest require(Repository repository, Digest digest) {
        return repository.manifest(digest.toString()).orElseThrow(() -> ReleaseException.refused(
                repository.reference() + "@" + digest + " is gone: expected what the candidate names, found nothing. "
                        + "The registry may have cleaned it up; build a new candidate."));
    }
}
