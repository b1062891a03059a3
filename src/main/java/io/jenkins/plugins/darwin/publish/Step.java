package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;

/**
 * One change of a publisher.
 *
 * @param action makes it; safe to be run again after it was cut off. Only run while the change is ABSENT
 */
public record Step(Stage stage, Change change, Plan.Action action) {
    /** Something that is only shown: done, in conflict, or open for people to settle. */
    public static Step shown(Stage stage, Change change) {
        return new Step(stage, change, () -> {});
    }
}
