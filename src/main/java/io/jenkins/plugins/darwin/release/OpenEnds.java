package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.publish.Publishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a released version is not settled: looked for anew each time, whatever its record says was open once. */
final class OpenEnds {
    private OpenEnds() {}

    /** All of them, in the order of the promotion; what can't be looked at is one, too. */
    static List<Change> of(Workspace workspace, ReleaseLine line) {
        Version version = line.version();
        try {
            SignatureVerifier verifier = TrustedKeys.of(workspace, line.trunk(), Optional.empty());
            StagedCandidate candidate = line.released()
                    .findNamed(version.toString())
                    .orElseGet(() -> new CandidateChoice(line, verifier, version, workspace.tagName(version))
                            .choose(Optional.empty(), workspace.git().readTag(workspace.tagName(version))));
            Promotion promotion = new Promotion(
                    Publications.of(workspace, line, candidate, Optional.empty(), verifier), Publishers.ours());
            List<Change> open = new ArrayList<>(promotion.unsettled());
            promotion
                    .waits()
                    .forEach(wait ->
                            open.add(Change.open("merge", line.trunkConfig().trunk(), "with " + version, wait)));
            return open;
        } catch (ReleaseException e) {
            return List.of(Change.open("release", version.toString(), "all that promotion does", e.getMessage()));
        }
    }
}
