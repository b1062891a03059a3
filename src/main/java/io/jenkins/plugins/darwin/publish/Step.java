package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import java.util.List;

/**
 * Changes of a publisher that one action makes; mostly it is one change.
 *
 * @param action makes those that are ABSENT; safe to be run again after it was cut off. Only run while there is one
 */
public record Step(Stage stage, List<Change> changes, Plan.Batch action) {
    public Step {
        changes = List.copyOf(changes);
    }

    public Step(Stage stage, Change change, Plan.Action action) {
        this(stage, List.of(change), made -> action.run());
    }

    /**
     * Something that is only shown: done, in conflict, or open for people to settle.
     *
     * @throws IllegalArgumentException when it is absent, and so would have to be made
     */
    public static Step shown(Stage stage, Change change) {
        if (change.state() == Change.State.ABSENT) {
            throw new IllegalArgumentException("Nobody makes " + change.kind() + " " + change.target());
        }
        return new Step(stage, change, () -> {
            throw new IllegalStateException("Not to be made: " + change.target());
        });
    }
}
