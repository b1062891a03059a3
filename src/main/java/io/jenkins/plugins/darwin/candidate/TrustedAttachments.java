package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes where a candidate goes: signatures over it, its records, its evidence. What no trusted key signed stays behind: a
 * stranger's attachment gets no other place, and stops nothing.
 */
public final class TrustedAttachments {
    private TrustedAttachments() {}

    /** @param kind in words: vote record */
    public record Attachment(String kind, Manifest manifest) {}

    /** Of a candidate on its way to the public. */
    public static List<Attachment> ofCandidate(
            CandidateStore store, StagedCandidate candidate, SignatureVerifier verifier) {
        TrustedDocuments documents = new TrustedDocuments(store, candidate, Optional.of(verifier));
        String project = candidate.project();
        Digest digest = candidate.digest();
        List<Attachment> all = new ArrayList<>();
        add(all, "signature", documents.manifestSignatures());
        add(all, "vote record", documents.all(MediaType.VOTE_RECORD, SignedFor.vote(project, candidate.id(), digest)));
        add(
                all,
                "evidence file",
                documents.all(MediaType.EVIDENCE_FILE, SignedFor.evidence(project, candidate.id(), digest)));
        new EvidenceStore(store, candidate, Optional.of(verifier))
                .all()
                .forEach(f -> all.add(new Attachment("evidence", f.manifest())));
        return all;
    }

    /** Of a candidate or release, to be kept with it: with what was said of the release. */
    public static List<Attachment> all(CandidateStore store, StagedCandidate candidate, SignatureVerifier verifier) {
        TrustedDocuments documents = new TrustedDocuments(store, candidate, Optional.of(verifier));
        List<Attachment> all = new ArrayList<>(ofCandidate(store, candidate, verifier));
        add(
                all,
                "promotion record",
                documents.all(
                        MediaType.PROMOTION_RECORD,
                        SignedFor.promotion(candidate.project(), candidate.id(), candidate.digest())));
        add(
                all,
                "withdrawal",
                documents.all(
                        MediaType.WITHDRAWAL,
                        SignedFor.withdrawal(candidate.project(), candidate.id(), candidate.digest())));
        return all;
    }

    private static void add(List<Attachment> all, String kind, List<TrustedDocuments.Document> documents) {
        documents.stream()
                .flatMap(d -> d.attachment().stream())
                .forEach(manifest -> all.add(new Attachment(kind, manifest)));
    }
}
