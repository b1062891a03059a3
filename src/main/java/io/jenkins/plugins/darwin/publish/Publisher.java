package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import java.util.List;
import java.util.Set;

/**
 * A place where a release appears. It looks at what is there and says what is to be changed; promotion puts the changes of
 * all publishers into one order and makes them.
 *
 * <p>A publisher keeps nothing between two calls: everything is found out by looking, so that any run goes on where another
 * one ended.
 */
public interface Publisher {
    /** What a publisher can't do without, by purpose; promotion and preflight get it from where secrets are kept. */
    enum Credential {
        /** To push to the release registry. */
        REGISTRY,
        /** To push to the Git repository. */
        GIT,
        /** The release key. */
        SIGNING_KEY
    }

    /** In a few lower-case words, for messages: "registry names". */
    String name();

    /** What it needs under this configuration; nothing when it has nothing to do. */
    Set<Credential> needs(ReleaseConfig config);

    /**
     * What it wants to be so, beside what it found, with no side effect.
     *
     * @throws io.jenkins.plugins.darwin.model.ReleaseException when its place can't be looked at
     */
    List<Step> changes(Publication publication);

    /** What people still have to do by its configuration, though nothing was refused; a sentence each. */
    default List<String> waits(Publication publication) {
        return List.of();
    }

    /** What was left out, and why; a sentence each. */
    default List<String> warnings(Publication publication) {
        return List.of();
    }

    /** What has to be proven before the first change of the whole promotion is made; reads, and changes nothing. */
    default List<Check> before(Publication publication) {
        return List.of();
    }

    /** Looks from outside at what the public sees, once all is done. */
    default List<Check> after(Publication publication) {
        return List.of();
    }
}
