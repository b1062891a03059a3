package io.jenkins.plugins.darwin.attest;

import java.util.List;

/**
 * What a predicate says, for people and for policies.
 *
 * @param summary a clause: "200 tests, 3 failed"
 * @param findings what a scan found and nobody suppressed; empty for all else
 */
public record Judgement(State state, String summary, List<Finding> findings) {
    public Judgement {
        findings = List.copyOf(findings);
    }

    Judgement(State state, String summary) {
        this(state, summary, List.of());
    }
}
