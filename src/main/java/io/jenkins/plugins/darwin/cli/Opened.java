package io.jenkins.plugins.darwin.cli;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.release.Located;
import io.jenkins.plugins.darwin.release.Workspace;
import java.util.Optional;

/**
 * The released repository, for a command that reads: needed for names, and used where it is at hand for places, whose reader may
 * have no repository at all.
 */
record Opened(Optional<Workspace> workspace) implements AutoCloseable {
    static Opened of(Darwin darwin, String reference) {
        if (Located.isName(reference)) {
            return new Opened(Optional.of(darwin.workspace()));
        }
        try {
            return new Opened(Optional.of(darwin.workspace()));
        } catch (ReleaseException e) {
            darwin.surroundings().err().println("No keys from a repository: " + e.getMessage());
            return new Opened(Optional.empty());
        }
    }

    @Override
    public void close() {
        workspace.ifPresent(Workspace::close);
    }
}
