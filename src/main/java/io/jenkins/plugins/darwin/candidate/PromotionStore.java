package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Promotion records, as signed documents that refer to a released candidate. There is one of a candidate. */
public final class PromotionStore {
    private PromotionStore() {}

    /**
     * What was found.
     *
     * @param record the first that a trusted key signed for this candidate
     * @param skipped why others count for nothing, a clause each
     */
    public record Found(Optional<PromotionRecord> record, List<String> skipped) {}

    private record Judged(PromotionRecord record, Digest attachment) {}

    /**
     * Looks for the record. What no trusted key signed is not even parsed.
     *
     * @param candidate as released
     * @throws ReleaseException refused, when two that count disagree; both are named
     */
    public static Found find(CandidateStore released, StagedCandidate candidate, SignatureVerifier verifier) {
        List<Judged> good = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Manifest attachment : released.attached(candidate.digest(), MediaType.PROMOTION_RECORD)) {
            try {
                good.add(new Judged(judge(released, candidate, attachment, verifier), attachment.digest()));
            } catch (ReleaseException e) {
                skipped.add(attachment.digest().abbreviated() + ": " + e.getMessage());
            }
        }
        good.sort(Comparator.comparing((Judged j) -> j.record().promoted())
                .thenComparing(j -> j.attachment().toString()));
        for (Judged other : good) {
            if (!other.record().agrees(good.get(0).record())) {
                throw ReleaseException.refused(
                        "Two promotion records of " + candidate.digest() + " disagree: "
                                + good.get(0).attachment() + " and " + other.attachment() + " in "
                                + released.repository().reference()
                                + ". Expected one; find out who signed both, and have the wrong one removed from the registry.");
            }
        }
        return new Found(good.stream().findFirst().map(Judged::record), skipped);
    }

    private static PromotionRecord judge(
            CandidateStore released, StagedCandidate candidate, Manifest attachment, SignatureVerifier verifier) {
        if (!Attachments.refersTo(attachment, candidate.digest())) {
            throw ReleaseException.refused("it refers to another candidate");
        }
        byte[] document = Attachments.document(released, attachment);
        String signature = Attachments.signature(released, attachment);
        SignatureCheck check = verifier.verify(
                signature, SignedFor.promotion(candidate.project(), candidate.id(), candidate.digest()), document);
        if (!check.acceptable()) {
            throw ReleaseException.refused("its signature does not count: " + check.detail());
        }
        PromotionRecord record = Json.read(document, PromotionRecord.class, PromotionRecord.FILE);
        if (!record.digest().equals(candidate.digest())
                || !record.version().equals(candidate.candidate().version())
                || !record.candidate().equals(candidate.id().toString())) {
            throw ReleaseException.refused("it speaks of " + record.candidate() + ", " + record.digest());
        }
        return record;
    }

    /** Signs a record and attaches it, unless somebody else's is there by now. */
    public static void attach(
            CandidateStore released,
            StagedCandidate candidate,
            PromotionRecord record,
            DetachedSigner signer,
            SignatureVerifier verifier) {
        if (find(released, candidate, verifier).record().isPresent()) {
            return;
        }
        Attachments.attachSigned(
                released,
                candidate.manifest().descriptor(),
                MediaType.PROMOTION_RECORD,
                PromotionRecord.FILE,
                Json.write(record),
                SignedFor.promotion(candidate.project(), candidate.id(), candidate.digest()),
                signer,
                true);
        find(released, candidate, verifier); // another one that says the same is no harm; one that does not is told
    }
}
