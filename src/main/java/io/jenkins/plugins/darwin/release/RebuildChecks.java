package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a candidate is what its commit gives: what can be made again is, here, and compared byte for byte. */
public final class RebuildChecks {
    private static final String NAME = "rebuild";

    private RebuildChecks() {}

    /** @param workspace the released repository, as whoever asks has it */
    public static List<Check> of(Workspace workspace, StagedCandidate staged) {
        Candidate candidate = staged.candidate();
        List<Check> checks = new ArrayList<>();
        try {
            ReleaseLine line = ReleaseLine.of(workspace, candidate.version());
            Rebuild again = Rebuild.of(
                    workspace,
                    line.config(candidate.commit()),
                    staged.id(),
                    candidate.branch(),
                    candidate.commit(),
                    Optional.of(candidate));
            List<Change> differences = again.differences(candidate);
            differences.forEach(c -> checks.add(Check.failed(
                    NAME,
                    c.kind() + " " + c.target(),
                    candidate.commit().abbreviated() + " gives " + c.expected() + ", the candidate has "
                            + c.found().orElse("nothing"))));
            again.taken()
                    .forEach(item -> checks.add(Check.skipped(
                            NAME,
                            item.shown() + " " + item.name(),
                            "it is made " + item.how() + ", which does not give the same bytes twice")));
            if (differences.isEmpty()) {
                checks.add(Check.passed(
                        NAME,
                        Candidate.FILE,
                        "all that commit " + candidate.commit().abbreviated() + " decides came out the same"));
            }
        } catch (ReleaseException e) {
            checks.add(Check.failed(NAME, Candidate.FILE, e.getMessage()));
        }
        return checks;
    }
}
