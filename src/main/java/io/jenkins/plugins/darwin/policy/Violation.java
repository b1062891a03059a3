package io.jenkins.plugins.darwin.policy;

import java.util.Optional;

/**
 * A rule that a commit breaks.
 *
 * @param detail what was expected and found
 * @param wayOut what people can do
 * @param direct whether all that is wrong is that it was made on the branch: a change of an allowed kind that trunk has not
 * @param waiver of whoever let it pass
 */
public record Violation(Rule rule, String detail, String wayOut, boolean direct, Optional<Waiver> waiver) {
    Violation(Rule rule, String detail, String wayOut) {
        this(rule, detail, wayOut, false, Optional.empty());
    }

    Violation waivedBy(Waiver by) {
        return new Violation(rule, detail, wayOut, direct, Optional.of(by));
    }
}
