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
        int at = reference.indexOf('@');
        int name = reference.lastIndexOf('/', at < 0 ? reference.length() : at);
        int tag = at < 0 ? reference.indexOf(':', Math.max(name, 0)) : at;
        if (name <= 0 || tag < 0) {
            throw ReleaseException.usage(
                    "Not a candidate or release: expected X.Y.Z, X.Y.Z-RCn, or host/path/name:tag, found '"
                            + ForeignText.shown(reference) + "'.");
        }
        Registry registry = Registries.open(reference.substring(0, name), darwin.registriesOfTrunk());
        return Located.at(registry, reference.substring(name + 1, tag), reference.substring(tag + 1));
    }
}
