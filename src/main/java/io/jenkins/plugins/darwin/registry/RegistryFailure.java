package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;

/** A failure in the one form of all sentences about registries: what was tried, and why it failed. */
final class RegistryFailure extends ReleaseException {
    private static final long serialVersionUID = 1L;

    RegistryFailure(Kind kind, String action, String reason, Throwable cause, List<Next> next) {
        super(kind, "Tried to " + action + " but failed because: " + reason + ".", cause, next);
    }
}
