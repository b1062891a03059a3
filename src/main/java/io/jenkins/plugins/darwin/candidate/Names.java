package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.UseCase;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Repository;
import java.util.Optional;

/** Gives a digest a name. */
public final class Names {
    private Names() {}

    /** Tags the manifest with this digest, byte for byte, wherever the tag was. */
    public static void move(Repository repository, Digest digest, String tag) {
        repository.tag(require(repository, digest), tag);
    }

    /**
     * The same for a name that nobody had, looking just before and after: a name that somebody else took meanwhile is not
     * moved. When the giving fails, what is there now counts: ours, and somebody else made it or the answer was lost.
     *
     * @throws UseCase.Outrun when somebody else has the name
     */
    public static void give(Repository repository, Digest digest, String tag) {
        Manifest manifest = require(repository, digest);
        requireOurs(repository, manifest, tag);
        try {
            repository.tag(manifest, tag);
        } catch (ReleaseException e) {
            if (!isOurs(repository, manifest, tag, e)) {
                throw e;
            }
        }
        requireOurs(repository, manifest, tag);
    }

    /** A name's state, for a plan: ours, absent, or another's. */
    public static Change compare(String kind, Repository repository, String tag, Digest digest) {
        return Change.compare(
                kind,
                repository.reference() + ":" + tag,
                digest.toString(),
                repository.resolve(tag).map(d -> d.digest().toString()));
    }

    /**
     * A name must be there, and lead to this digest.
     *
     * @throws UseCase.Outrun when it does not: somebody changed it
     */
    public static void requireGiven(Repository repository, Digest digest, String tag) {
        Optional<Digest> found = repository.resolve(tag).map(Descriptor::digest);
        if (!found.equals(Optional.of(digest))) {
            throw new UseCase.Outrun("Somebody else changed " + repository.reference() + ":" + tag + ": expected "
                    + digest + ", found " + found.map(Digest::toString).orElse("nothing") + ".");
        }
    }

    private static boolean isOurs(Repository repository, Manifest manifest, String tag, ReleaseException failure) {
        try {
            requireOurs(repository, manifest, tag);
            return repository.resolve(tag).isPresent();
        } catch (ReleaseException e) {
            failure.addSuppressed(e); // it can't be looked up either
            return false;
        }
    }

    /**
     * Gives a new manifest a name that nobody has. Registries have no such operation, so it looks before and after: of two
     * who do this at once, at most one goes on.
     *
     * @throws UseCase.Outrun when somebody else has the name
     */
    public static void giveNew(Repository repository, Manifest manifest, String tag) {
        requireOurs(repository, manifest, tag);
        repository.tag(manifest, tag);
        requireOurs(repository, manifest, tag);
    }

    private static void requireOurs(Repository repository, Manifest manifest, String tag) {
        repository
                .resolve(tag)
                .filter(d -> !d.digest().equals(manifest.digest()))
                .ifPresent(d -> {
                    throw new UseCase.Outrun("Somebody else was faster: " + repository.reference() + ":" + tag + " is "
                            + d.digest() + " now.");
                });
    }

    /** @throws ReleaseException refused, when the repository has lost it */
    public static Manifest require(Repository repository, Digest digest) {
        return repository
                .manifest(digest.toString())
                .orElseThrow(() -> ReleaseException.refused(repository.reference() + "@" + digest
                        + " is gone: expected what the candidate names, found nothing. "
                        + "The registry may have cleaned it up; build a new candidate."));
    }
}
