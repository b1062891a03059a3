package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.registry.Repository;

/** Whether a name still leads where it should. */
public final class NameChecks {
    private NameChecks() {}

    /** @throws io.jenkins.plugins.darwin.model.ReleaseException when the registry does not answer */
    public static Check leads(Repository repository, String tag, Digest digest) {
        String subject = repository.reference() + ":" + tag;
        return repository
                .resolve(tag)
                .map(d -> d.digest().equals(digest)
                        ? Check.passed("name", subject, digest.abbreviated())
                        : Check.failed("name", subject, "expected " + digest + ", found " + d.digest()))
                .orElseGet(() -> Check.failed("name", subject, "expected " + digest + ", found nothing"));
    }
}
