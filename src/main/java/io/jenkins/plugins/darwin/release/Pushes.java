package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.PushOutcome;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.UseCase;

/** What a push came to, in the terms of a plan. */
final class Pushes {
    private Pushes() {}

    /**
     * Goes on only after a push that was taken.
     *
     * @throws UseCase.Outrun when a ref had moved: observe again
     * @throws ReleaseException refused, when the server does not allow it
     */
    static void require(PushOutcome outcome, Workspace workspace) {
        if (!(outcome instanceof PushOutcome.Rejected rejected)) {
            return;
        }
        if (rejected.moved()) {
            workspace.git().fetch();
            throw new UseCase.Outrun("Somebody else was faster: " + rejected.describe() + ".");
        }
        throw ReleaseException.refused("The Git server did not take the push: " + rejected.describe()
                + ". Nothing was pushed; ask for the right to push it, or lift its protection for this release.");
    }
}
