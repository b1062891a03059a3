package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Latest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.publish.Publication.Named;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code latest}: the one public name that moves, as {@code latest:} of the configuration allows it. */
final class LatestName implements Publisher {
    static final String TAG = "latest";

    @Override
    public String name() {
        return "latest";
    }

    @Override
    public Set<Credential> needs(ReleaseConfig config) {
        return config.publishing().latest() == Latest.NEVER ? Set.of() : Set.of(Credential.REGISTRY);
    }

    @Override
    public List<Step> changes(Publication publication) {
        if (!moves(publication)) {
            return List.of();
        }
        return publication.named().stream()
                .filter(Named::latest)
                .map(thing -> new Step(Stage.MOVING_NAMES, change(thing), () -> move(thing)))
                .toList();
    }

    private static boolean moves(Publication publication) {
        return switch (publication.config().publishing().latest()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case HIGHER_ONLY -> publication.versions().stream().noneMatch(v -> v.compareTo(publication.version()) > 0);
        };
    }

    private static Change change(Named thing) {
        String target = thing.to().reference() + ":" + TAG;
        String wanted = thing.digest().toString();
        Optional<String> found = thing.to().resolve(TAG).map(d -> d.digest().toString());
        return found.map(f -> f.equals(wanted)
                        ? Change.done("latest", target, f)
                        : Change.replacing("latest", target, wanted, f))
                .orElseGet(() -> Change.absent("latest", target, wanted));
    }

    private static void move(Named thing) {
        try {
            Names.move(thing.to(), thing.digest(), TAG);
        } catch (ReleaseException e) {
            throw ReleaseException.refused(
                    e.getMessage()
                            + " Where tags never move, 'latest: false' in darwin-release.yaml of trunk leaves it alone; else let it move and promote again.",
                    e);
        }
    }
}
