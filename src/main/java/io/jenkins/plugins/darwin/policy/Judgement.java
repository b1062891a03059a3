package io.jenkins.plugins.darwin.policy;

import io.jenkins.plugins.darwin.model.ChangeKind;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import java.util.List;
import java.util.Optional;

/**
 * What a commit of the branch is, and which rules it breaks.
 *
 * @param origin the commit of trunk that it brings
 * @param violations waived ones too
 */
public record Judgement(
        CommitId commit,
        Person author,
        String subject,
        Sort sort,
        ChangeKind kind,
        Optional<CommitId> origin,
        List<Violation> violations) {
    /** How a change got onto the branch. */
    public enum Sort {
        /** The release's version in its files, and nothing else. */
        BUMP,
        /** A change of trunk, proved. */
        PICK,
        /** Made on the branch, or not proved to be trunk's. */
        DIRECT,
        /** Joins what was made aside; brings nothing of its own. */
        MERGE,
        /** A waiver, and nothing else. */
        WAIVER,
        /** Changes nothing, or is taken back by a later commit, or takes an earlier one back. */
        NOTHING
    }

    public Judgement {
        violations = List.copyOf(violations);
    }

    /** What nobody let pass. */
    public List<Violation> open() {
        return violations.stream().filter(v -> v.waiver().isEmpty()).toList();
    }
}
