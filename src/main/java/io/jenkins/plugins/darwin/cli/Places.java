package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Registries;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.release.Located;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.Optional;

/** What people name on a command line: a candidate or release by name, or by its place in a registry. */
final class Places {
    /** {@code host/path/name:tag} or {@code host/path/name@sha256:...} in its parts, whether or not there is such a thing. */
    record Place(String location, String repository, String tagOrDigest) {
        /** Empty for what is no place. */
        static Optional<Place> parse(String reference) {
            int at = reference.indexOf('@');
            int name = reference.lastIndexOf('/', at < 0 ? reference.length() : at);
            int tag = at < 0 ? reference.indexOf(':', Math.max(name, 0)) : at;
            return name <= 0 || tag < 0
                    ? Optional.empty()
                    : Optional.of(new Place(
                            reference.substring(0, name),
                            reference.substring(name + 1, tag),
                            reference.substring(tag + 1)));
        }
    }

    private final Darwin darwin;

    Places(Darwin darwin) {
        this.darwin = darwin;
    }

    /** @param workspace in which names are looked up; empty for opening one when there is need for it */
    Located find(String reference, Optional<Workspace> workspace) {
        if (Located.isName(reference)) {
            if (workspace.isPresent()) {
                return Located.named(workspace.get(), reference);
            }
            try (Workspace own = darwin.workspace()) {
                return Located.named(own, reference);
            }
        }
        Place place = Place.parse(reference)
                .orElseThrow(() -> ReleaseException.usage(
                        "Not a candidate or release: expected X.Y.Z, X.Y.Z-RCn, or host/path/name:tag, found '"
                                + ForeignText.shown(reference) + "'."));
        Registry registry = Registries.open(place.location(), darwin.registriesOfTrunk());
        return Located.at(registry, place.repository(), place.tagOrDigest());
    }
}
