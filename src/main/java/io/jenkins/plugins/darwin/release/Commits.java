package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.CommitForm;
import io.jenkins.plugins.darwin.model.GitRules;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import java.util.Optional;
import java.util.function.Supplier;

/** How the commits of a release are made: by whom, signed, signed off, as trunk's {@code git:} says. */
final class Commits {
    private final Workspace workspace;
    private final ReleaseConfig config;
    private final Version version;

    /** @param config trunk's, whose rules for commits hold */
    Commits(Workspace workspace, ReleaseConfig config, Version version) {
        this.workspace = workspace;
        this.config = config;
        this.version = version;
    }

    /** For looking at what would come out: signed by nobody. */
    CommitForm draft() {
        return new CommitForm(
                config.author(), workspace.clock().instant(), config.git().signOff(), Optional.empty());
    }

    /**
     * For a commit that is pushed to a branch, signed with the key that is at hand.
     *
     * @throws ReleaseException usage, when the rules demand a signature and there is no key
     */
    CommitForm on(String branch) {
        return form(branch, workspace.commitKey());
    }

    /** The same, signed with a key that is open already, unless the rules say that commits are not signed. */
    CommitForm on(String branch, DetachedSigner signer) {
        return form(branch, Optional.of(() -> signer));
    }

    /** @throws ReleaseException usage, when the rules demand a signature and there is no key */
    void requireKey() {
        signer(workspace.commitKey());
    }

    private CommitForm form(String branch, Optional<Supplier<DetachedSigner>> key) {
        CommitForm draft = draft();
        return new CommitForm(
                draft.person(),
                draft.when(),
                draft.signOff(),
                signer(key)
                        .map(s -> bytes -> DetachedSigner.signBytes(
                                s, SignedFor.commit(config.project(), version, branch), bytes)));
    }

    private Optional<DetachedSigner> signer(Optional<Supplier<DetachedSigner>> key) {
        GitRules rules = config.git();
        if (rules.sign().equals(Optional.of(false))) {
            return Optional.empty();
        }
        if (key.isEmpty()) {
            if (rules.sign().isPresent()) {
                throw ReleaseException.usage(
                        "The commits of " + config.project() + " have to be signed (git: { sign: true }"
                                + " in darwin-release.yaml), and there is no signing key here.",
                        Next.of(Next.Act.GIVE_SIGNING_KEY));
            }
            return Optional.empty();
        }
        try {
            return Optional.of(key.get().get());
        } catch (ReleaseException e) {
            if (rules.sign().isPresent()) {
                throw e;
            }
            workspace.progress().message("Warning: the commit is not signed. " + e.getMessage());
            return Optional.empty();
        }
    }
}
