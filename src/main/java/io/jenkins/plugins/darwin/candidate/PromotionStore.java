package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The promotion record of one released candidate: a signed document that refers to it, with a copy in the released
 * repository's Git, which no clean-up of a registry takes. There is one of a candidate, and the earliest is it.
 */
public final class PromotionStore {
    private final CandidateStore released;
    private final StagedCandidate candidate;
    private final SignatureVerifier verifier;
    private final Optional<RecordNotes> notes;
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * @param released where the candidate has its public name
     * @param notes the released repository's own copies, where that is at hand
     */
    public PromotionStore(
            CandidateStore released,
            StagedCandidate candidate,
            SignatureVerifier verifier,
            Optional<RecordNotes> notes) {
        this.released = released;
        this.candidate = candidate;
        this.verifier = verifier;
        this.notes = notes;
    }

    /**
     * What was found.
     *
     * @param record the earliest that a trusted key signed for this candidate
     * @param attached whether it stands beside the candidate, and not in Git alone
     */
    public record Found(Optional<PromotionRecord> record, boolean attached) {}

    private record Told(PromotionRecord record, TrustedDocuments.Document document) {}

    /** What people should know: what was skipped, and which copy could not be written. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Looks for the record. What no trusted key signed is not even parsed.
     *
     * @throws ReleaseException refused, when two that count disagree; both are named
     */
    public Found find() {
        List<Told> all = told();
        return new Found(
                all.stream().findFirst().map(Told::record),
                all.stream().anyMatch(t -> t.document().attachment().isPresent()));
    }

    /** Earliest first. */
    private List<Told> told() {
        TrustedDocuments documents = new TrustedDocuments(released, candidate, Optional.of(verifier));
        List<TrustedDocuments.Document> found = new ArrayList<>(documents.all(MediaType.PROMOTION_RECORD, signedFor()));
        documents
                .kept(notes.flatMap(n -> n.read(candidate, PromotionRecord.FILE)), signedFor(), RecordNotes.REF)
                .ifPresent(found::add);
        List<Told> told = new ArrayList<>();
        for (TrustedDocuments.Document document : found) {
            try {
                told.add(new Told(read(document.content()), document));
            } catch (ReleaseException e) {
                documents.skip(document.source() + " (" + e.getMessage() + ")");
            }
        }
        documents.warning().ifPresent(warnings::add);
        told.sort(Comparator.comparing((Told t) -> t.record().promoted())
                .thenComparing(t -> t.document().signature()));
        told.forEach(other -> requireAgreement(told.get(0), other));
        return told;
    }

    private PromotionRecord read(byte[] document) {
        PromotionRecord record = Json.read(document, PromotionRecord.class, PromotionRecord.FILE);
        if (!record.digest().equals(candidate.digest())
                || !record.version().equals(candidate.candidate().version())
                || !record.candidate().equals(candidate.id().toString())
                || !record.commit().equals(candidate.candidate().commit())) {
            throw ReleaseException.refused(
                    "it speaks of " + record.candidate() + ", " + record.digest() + ", commit " + record.commit());
        }
        return record;
    }

    private static void requireAgreement(Told first, Told other) {
        if (!other.record().agrees(first.record())) {
            throw ReleaseException.refused(
                    "Two promotion records of " + first.record().digest() + " disagree: "
                            + first.document().source() + " and "
                            + other.document().source()
                            + ". Expected one; find out who signed both, and have the wrong one removed.");
        }
    }

    private SignedFor signedFor() {
        return SignedFor.promotion(candidate.project(), candidate.id(), candidate.digest());
    }

    /**
     * Signs a record and keeps it, unless there is one: then that is put where it lacks. Git's server takes one of two that
     * are written at the same moment; where it takes none, both are attached, and the earliest counts for everybody.
     *
     * @return the record that counts, ours or somebody else's
     */
    public PromotionRecord keep(PromotionRecord own, DetachedSigner signer) {
        Optional<RecordNotes.Signed> signed = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            Optional<Told> theirs = told().stream().findFirst();
            if (theirs.isPresent()) {
                TrustedDocuments.Document document = theirs.get().document();
                RecordNotes.Signed copy = new RecordNotes.Signed(document.content(), document.signature());
                write(copy, RecordNotes.ATTEMPTS);
                attach(copy);
                return theirs.get().record();
            }
            if (signed.isEmpty()) { // once: a signer may give only one for each name
                byte[] document = Json.write(own);
                signed = Optional.of(
                        new RecordNotes.Signed(document, DetachedSigner.signBytes(signer, signedFor(), document)));
            }
            if (write(signed.get(), attempt)) {
                attach(signed.get());
                return told().stream().findFirst().map(Told::record).orElse(own);
            }
        }
    }

    /** @return false when somebody else wrote meanwhile, and what they wrote is fetched */
    private boolean write(RecordNotes.Signed record, int attempt) {
        return notes.isEmpty()
                || notes.get()
                        .write(
                                candidate,
                                PromotionRecord.FILE,
                                record,
                                attempt,
                                why -> warnings.add(
                                        "The copy of the promotion record in Git was not written, it is in the registry alone: "
                                                + why + "."));
    }

    private void attach(RecordNotes.Signed record) {
        Attachments.attach(
                released,
                candidate.manifest().descriptor(),
                MediaType.PROMOTION_RECORD,
                PromotionRecord.FILE,
                record.content(),
                record.signature().getBytes(StandardCharsets.US_ASCII));
    }
}
