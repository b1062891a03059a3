package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.TrustedDocuments;
import io.jenkins.plugins.darwin.kind.Kinds;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.registry.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything that proves that a candidate in a registry is what was signed, down to the last byte. */
public final class CandidateChecks {
    private CandidateChecks() {}

    /** @param released whether it is looked for under its public names, else in staging */
    public static List<Check> all(
            StagedCandidate candidate,
            Registry registry,
            Kinds kinds,
            boolean released,
            SignatureVerifier verifier,
            Progress progress) {
        List<Check> checks = new ArrayList<>();
        checks.add(manifestSignature(candidate, verifier));
        checks.add(sameDocument(candidate));
        checks.addAll(
                new FileChecks(CandidateFiles.of(candidate), verifier, candidate.id()).run(candidate.candidate()));
        checks.addAll(new ImageChecks(registry, progress).run(kinds, candidate.candidate(), candidate.id(), released));
        return checks;
    }

    /** Whether a trusted key signed the candidate. */
    public static Check manifestSignature(StagedCandidate candidate, SignatureVerifier verifier) {
        String subject =
                candidate.repository().reference() + "@" + candidate.digest().abbreviated();
        TrustedDocuments documents =
                new TrustedDocuments(new CandidateStore(candidate.repository()), candidate, Optional.of(verifier));
        return documents
                .manifestSignature()
                .map(check -> Check.passed(
                        "manifest signature", subject, "by " + check.userId().orElse(check.fingerprint())))
                .orElseGet(() -> Check.failed(
                        "manifest signature",
                        subject,
                        documents.reason().orElse("expected a signature over the manifest, found none")));
    }

    /** The config blob and the layer {@code candidate.json} must be one document: people read the one, we the other. */
    private static Check sameDocument(StagedCandidate candidate) {
        try {
            boolean same = candidate.file(Candidate.FILE).isPresent()
                    && Arrays.equals(
                            candidate.read(candidate.file(Candidate.FILE).get()),
                            candidate.read(candidate.manifest().view().config().orElseThrow()));
            return same
                    ? Check.passed(
                            "document", Candidate.FILE, candidate.digest().toString())
                    : Check.failed("document", Candidate.FILE, "expected the same in config and layers, found two");
        } catch (ReleaseException e) {
            return Check.failed("document", Candidate.FILE, e.getMessage());
        }
    }
}
