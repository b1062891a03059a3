package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.Attachments;
import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.kind.Kinds;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        CandidateStore store = new CandidateStore(candidate.repository());
        List<String> reasons = new ArrayList<>();
        for (Manifest attachment : store.attached(candidate.digest(), MediaType.SIGNATURE)) {
            if (!Attachments.refersTo(attachment, candidate.digest())) {
                reasons.add("a signature over another manifest");
                continue;
            }
            SignatureCheck check = Attachments.check(
                    store,
                    attachment,
                    SignedFor.candidate(candidate.project(), candidate.id(), candidate.digest()),
                    candidate.manifest().raw(),
                    verifier);
            if (check.acceptable()) {
                return Check.passed(
                        "manifest signature", subject, "by " + check.userId().orElse(check.fingerprint()));
            }
            reasons.add(check.detail());
        }
        return Check.failed(
                "manifest signature",
                subject,
                reasons.isEmpty() ? "expected a signature over the manifest, found none" : String.join("; ", reasons));
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
