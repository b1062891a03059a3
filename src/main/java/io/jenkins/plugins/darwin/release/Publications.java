package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.publish.Publication;
import java.util.Optional;

/** A candidate of a line, as publishers see it. */
final class Publications {
    private Publications() {}

    /** @param signer empty when one only looks */
    static Publication of(
            Workspace workspace,
            ReleaseLine line,
            StagedCandidate candidate,
            Optional<DetachedSigner> signer,
            SignatureVerifier verifier) {
        return new Publication(
                line.config(candidate.candidate().commit()),
                candidate,
                workspace.kinds().contents(candidate.candidate(), candidate.id()),
                line.candidates(),
                line.staging(),
                line.released(),
                line.release(),
                workspace.git(),
                workspace.versions(),
                workspace.tagName(line.version()),
                trunk -> new MergeBack(
                        workspace,
                        line.trunkConfig(),
                        line.version(),
                        trunk,
                        candidate.candidate().commit(),
                        candidate.candidate().branch()),
                line.notes(),
                signer,
                verifier,
                workspace.clock(),
                workspace.progress());
    }
}
