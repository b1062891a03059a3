package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.publish.Publication.Named;
import io.jenkins.plugins.darwin.registry.Companions;
import io.jenkins.plugins.darwin.registry.Companions.Companion;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import java.util.List;
import java.util.Set;

/**
 * What images and charts have beside themselves: signatures, attestations, SBOMs. It travels along, so that whoever checks
 * them in staging can check them in public. It is copied and not believed.
 */
final class ImageCompanions implements Publisher {
    @Override
    public String name() {
        return "image signatures";
    }

    @Override
    public Set<Credential> needs(ReleaseConfig config) {
        return Set.of(Credential.REGISTRY);
    }

    @Override
    public List<Step> changes(Publication publication) {
        return publication.named().stream()
                .filter(thing -> !thing.digest().equals(publication.candidate().digest()))
                .flatMap(thing -> Companions.of(thing.from(), thing.digest()).all().stream()
                        .filter(companion -> !companion.inside()) // the index brings it
                        .map(companion -> step(publication, thing, companion)))
                .toList();
    }

    @Override
    public List<String> warnings(Publication publication) {
        return publication.named().stream()
                .filter(thing -> !thing.digest().equals(publication.candidate().digest()))
                .flatMap(thing -> Companions.of(thing.from(), thing.digest()).warnings().stream())
                .toList();
    }

    private static Step step(Publication publication, Named thing, Companion companion) {
        String target = thing.to().reference() + ": " + companion.label() + " of "
                + companion.subject().abbreviated();
        String digest = companion.digest().toString();
        Change change = switch (Companions.state(companion, thing.to())) {
            case ABSENT -> Change.absent("companion", target, digest);
            // Somebody signed it there: theirs stays, and counts for whoever trusts them.
            case DONE, DIFFERENT -> Change.done("companion", target, digest);
        };
        return new Step(
                Stage.CONTENT,
                change,
                () -> Companions.copy(companion, thing.from(), thing.to(), new ImageCopier(publication.progress())));
    }
}
