package io.jenkins.plugins.darwin.plan;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.function.Supplier;

/** Something that changes a repository or a registry: observe and plan, then apply. */
public interface UseCase<R> {
    /** How often a plan is made again when somebody else changed what it was made for. */
    int ATTEMPTS = 3;

    /**
     * Looks at what is there and says what is to be done, with no effect on Git or registries.
     *
     * @throws ReleaseException when the release can't go on from what was found
     */
    Planned<R> plan();

    /**
     * A plan and what the use case returns once it was applied.
     *
     * @param warnings what people should know although nothing failed
     */
    record Planned<R>(Plan plan, List<String> warnings, Supplier<R> result) {}

    /** Somebody else was faster: the plan no longer fits what is there. */
    final class Outrun extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Outrun(String message) {
            super(message);
        }
    }

    /**
     * Plans and, unless it is a dry run, applies. When somebody else was faster, observes again.
     *
     * @throws ReleaseException refused, on a conflict, or when others keep being faster
     */
    default Outcome<R> run(boolean dryRun, Progress progress) {
        for (int attempt = 1; ; attempt++) {
            Planned<R> planned = plan();
            if (dryRun) {
                return new Outcome<>(Outcome.Kind.PLANNED, planned.plan().changes(), planned.warnings(), null);
            }
            try {
                boolean done = planned.plan().done();
                List<Change> changes = planned.plan().apply(progress);
                boolean open = changes.stream().anyMatch(c -> c.state() == Change.State.OPEN);
                return new Outcome<>(
                        open ? Outcome.Kind.OPEN : done ? Outcome.Kind.UNCHANGED : Outcome.Kind.DONE,
                        changes,
                        planned.warnings(),
                        planned.result().get());
            } catch (Outrun e) {
                if (attempt == ATTEMPTS) {
                    throw ReleaseException.refused(
                            e.getMessage() + " Tried " + ATTEMPTS
                                    + " times; wait until the others are done and run again.",
                            e);
                }
                progress.message(e.getMessage() + " Looking again.");
            }
        }
    }
}
