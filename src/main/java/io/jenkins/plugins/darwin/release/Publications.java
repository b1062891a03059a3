package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.publish.Publication;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
                contents(candidate),
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
                signer,
                verifier,
                workspace.clock(),
                workspace.progress());
    }

    private static List<Content> contents(StagedCandidate candidate) {
        String version = candidate.id().version().toString();
        return Stream.concat(
                        candidate.candidate().images().stream()
                                .map(i -> new Content(
                                        "image",
                                        i.name(),
                                        i.digest(),
                                        Optional.empty(),
                                        Optional.of(new Content.Place(
                                                i.name(), candidate.id().toString())),
                                        Optional.of(new Content.Place(i.name(), version, true)))),
                        candidate.candidate().charts().stream()
                                .map(c -> new Content(
                                        "chart",
                                        c.name(),
                                        c.digest(),
                                        Optional.of(c.file()),
                                        Optional.of(new Content.Place(
                                                CandidateBuild.chartRepository(candidate.id(), c.name()), version)),
                                        Optional.of(new Content.Place(Promote.chartRepository(c.name()), version)))))
                .toList();
    }
}
