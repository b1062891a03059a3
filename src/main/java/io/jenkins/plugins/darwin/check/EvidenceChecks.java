package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.attest.Evidence;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.EvidenceStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import java.util.List;
import java.util.Optional;

/** The statements on a candidate that a trusted key signed: that somebody states it is proven, and not that it is so. */
public final class EvidenceChecks {
    private EvidenceChecks() {}

    /** One check a statement; what does not count is told as a warning and fails nothing. */
    public static List<Check> of(
            CandidateStore store, StagedCandidate candidate, SignatureVerifier verifier, Progress progress) {
        EvidenceStore evidence = new EvidenceStore(store, candidate, Optional.of(verifier));
        List<Check> checks = evidence.all().stream()
                .map(EvidenceStore.Found::evidence)
                .map(EvidenceChecks::check)
                .toList();
        evidence.warning().ifPresent(w -> progress.message("WARNING: " + w));
        return checks;
    }

    private static Check check(Evidence evidence) {
        return Check.passed(
                "evidence",
                evidence.kind() + evidence.file().map(f -> " " + f).orElse(""),
                evidence.by() + " states" + evidence.made().map(m -> " on " + m).orElse("") + ": "
                        + evidence.judgement().state().word()
                        + (evidence.judgement().summary().isEmpty()
                                ? ""
                                : ", " + evidence.judgement().summary()));
    }
}
