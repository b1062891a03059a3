package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.git.PushOutcome;
import io.jenkins.plugins.darwin.git.RefUpdate;
import io.jenkins.plugins.darwin.git.SignedTag;
import io.jenkins.plugins.darwin.git.TagRef;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.UseCase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** P6.1: the signed tag on the voted commit, the point of no return. */
final class GitTag implements Publisher {
    @Override
    public String name() {
        return "git tag";
    }

    @Override
    public Set<Credential> needs(ReleaseConfig config) {
        return Set.of(Credential.GIT, Credential.SIGNING_KEY);
    }

    @Override
    public List<Step> changes(Publication publication) {
        return List.of(new Step(Stage.TAG, change(publication), () -> tag(publication)));
    }

    /** The tag is ours only when a trusted key signed it on this very commit. */
    private static Change change(Publication publication) {
        CommitId commit = publication.commit();
        String name = publication.tag();
        Optional<TagRef> tag = publication.git().tag(name);
        if (tag.isEmpty()) {
            return Change.absent("tag", name, "signed, on " + commit);
        }
        if (!tag.get().commit().equals(commit)) {
            return Change.conflict("tag", name, commit.sha(), tag.get().commit().sha());
        }
        return signedWell(publication, publication.git().readTag(name))
                ? Change.done("tag", name, "signed, on " + commit)
                : Change.conflict("tag", name, "signed by a trusted key, on " + commit, "without such a signature");
    }

    private static boolean signedWell(Publication publication, Optional<SignedTag> tag) {
        return tag.isPresent()
                && tag.get().signature().isPresent()
                && publication
                        .verifier()
                        .verify(
                                tag.get().signature().get(),
                                signedFor(publication),
                                tag.get().payload())
                        .acceptable();
    }

    private static SignedFor signedFor(Publication publication) {
        return SignedFor.tag(
                publication.candidate().project(), publication.candidate().id(), publication.tag());
    }

    /** What the tag makes final must be so at that moment: all names are looked at once more. */
    private static void tag(Publication publication) {
        publication.named().forEach(thing -> Names.requireGiven(thing.to(), thing.digest(), thing.tag()));
        String name = publication.tag();
        byte[] unsigned = publication
                .git()
                .tagObject(
                        name,
                        publication.commit(),
                        publication.config().author(),
                        publication.clock().instant(),
                        title(publication.config()) + " " + name + "\n");
        String signature = DetachedSigner.signBytes(publication.requireSigner(), signedFor(publication), unsigned);
        CommitId object = publication.git().writeTag(unsigned, signature);
        require(publication, publication.git().push(List.of(RefUpdate.createTag(name, object))));
    }

    private static void require(Publication publication, PushOutcome outcome) {
        if (!(outcome instanceof PushOutcome.Rejected rejected)) {
            return;
        }
        if (rejected.moved()) {
            publication.git().fetch();
            throw new UseCase.Outrun("Somebody else was faster: " + rejected.describe() + ".");
        }
        throw ReleaseException.refused(
                "The Git server did not take the signed tag: " + rejected.describe()
                        + ". The version has its names in the registry, and is not released before it has its tag: trunk, 'latest' and the"
                        + " record were left alone. Ask for the right to push this tag, then promote again to go on from there.");
    }

    /** "Darwin v1.3.0" (P6.1). */
    private static String title(ReleaseConfig config) {
        return config.project().substring(0, 1).toUpperCase(Locale.ROOT)
                + config.project().substring(1);
    }
}
