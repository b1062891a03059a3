package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether a release was taken back, by a trusted key: beside it in the registry, and in the released repository's Git. */
public final class Withdrawals {
    private final CandidateStore store;
    private final StagedCandidate candidate;
    private final Optional<RecordNotes> notes;

    /** @param notes the released repository's copies, where that is at hand: whoever may push to the registry can delete the other */
    public Withdrawals(CandidateStore store, StagedCandidate candidate, Optional<RecordNotes> notes) {
        this.store = store;
        this.candidate = candidate;
        this.notes = notes;
    }

    /** The first that counts. */
    public Optional<Withdrawal> find(SignatureVerifier verifier) {
        return signed(verifier).stream()
                .map(Withdrawals::parse)
                .flatMap(Optional::stream)
                .filter(w -> w.digest().equals(candidate.digest())
                        && w.version().equals(candidate.id().version()))
                .min(Comparator.comparing(Withdrawal::withdrawn));
    }

    private List<TrustedDocuments.Document> signed(SignatureVerifier verifier) {
        TrustedDocuments documents = new TrustedDocuments(store, candidate, Optional.of(verifier));
        List<TrustedDocuments.Document> all = new ArrayList<>(documents.all(MediaType.WITHDRAWAL, signedFor()));
        documents
                .kept(notes.flatMap(n -> n.read(candidate, Withdrawal.FILE)), signedFor(), RecordNotes.REF)
                .ifPresent(all::add);
        return all;
    }

    private static Optional<Withdrawal> parse(TrustedDocuments.Document document) {
        try {
            Withdrawal read = Json.read(document.content(), Withdrawal.class, Withdrawal.FILE);
            return Optional.of(new Withdrawal(
                    read.schemaVersion(),
                    read.project(),
                    read.version(),
                    read.candidate(),
                    read.digest(),
                    ForeignText.line(read.reason()),
                    read.signedBy(),
                    read.withdrawn()));
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }

    /** Whether the registry has it, whatever Git has. */
    public boolean isAttached(SignatureVerifier verifier) {
        return new Withdrawals(store, candidate, Optional.empty())
                .find(verifier)
                .isPresent();
    }

    /** Whether Git has it. */
    public boolean isInGit(SignatureVerifier verifier) {
        return new TrustedDocuments(store, candidate, Optional.of(verifier))
                .kept(notes.flatMap(n -> n.read(candidate, Withdrawal.FILE)), signedFor(), RecordNotes.REF)
                .isPresent();
    }

    /** The record's bytes with a signature. */
    public RecordNotes.Signed sign(Withdrawal record, DetachedSigner signer) {
        byte[] document = Json.write(record);
        return new RecordNotes.Signed(document, DetachedSigner.signBytes(signer, signedFor(), document));
    }

    public void attach(RecordNotes.Signed signed) {
        Attachments.attach(
                store,
                candidate.manifest().descriptor(),
                MediaType.WITHDRAWAL,
                Withdrawal.FILE,
                signed.content(),
                signed.signature().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private SignedFor signedFor() {
        return SignedFor.withdrawal(candidate.project(), candidate.id(), candidate.digest());
    }
}
