package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.attest.Bundle;
import io.jenkins.plugins.darwin.attest.EvidenceKind;
import io.jenkins.plugins.darwin.attest.EvidenceKinds;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.EvidenceStore;
import io.jenkins.plugins.darwin.candidate.PromotionRecord;
import io.jenkins.plugins.darwin.candidate.PromotionStore;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.plan.Change;
import io.jenkins.plugins.darwin.plan.Plan;
import io.jenkins.plugins.darwin.publish.Publication;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the records of vote and promotion say, once more as statements, for tools that know in-toto and nothing of ours. What
 * counts are the records; a key that makes no such signatures makes none of these.
 */
final class RecordStatements {
    private final Publication publication;
    private final DetachedSigner signer;

    RecordStatements(Publication publication, DetachedSigner signer) {
        this.publication = publication;
        this.signer = signer;
    }

    /** A statement that is not there yet, or is. */
    record Statement(Change change, Plan.Action action) {}

    /** Both, on what is released: the last changes of a promotion. */
    void addTo(Plan plan) {
        Optional<SignatureVerifier> trusted = Optional.of(publication.verifier());
        boolean travels = has(store(publication.staged(), trusted), "vote"); // with the rest of the evidence
        if (!travels) {
            ofVote(publication.released(), publication.candidate(), trusted, signer, this::vote)
                    .ifPresent(s -> plan.addAfter(s.change(), s.action()));
        }
        of("promotion", store(publication.released(), trusted), publication.released(), signer, () -> {
                    PromotionRecord record = promotion();
                    return new Dated(Json.write(record), PromotionRecord.FILE, record.promoted());
                })
                .ifPresent(s -> plan.addAfter(s.change(), s.action()));
    }

    private VoteRecord vote() {
        return new VoteStore(
                        publication.staged(),
                        publication.candidate(),
                        Optional.of(publication.verifier()),
                        Optional.of(publication.records()))
                .record()
                .orElseThrow()
                .record();
    }

    private PromotionRecord promotion() {
        return new PromotionStore(
                        publication.released(),
                        publication.candidate(),
                        publication.verifier(),
                        Optional.of(publication.records()))
                .find()
                .record()
                .orElseThrow(() -> io.jenkins.plugins.darwin.model.ReleaseException.failed(
                        "There is no promotion record to make a statement of; promote again."));
    }

    private EvidenceStore store(CandidateStore where, Optional<SignatureVerifier> trusted) {
        return new EvidenceStore(where, publication.candidate(), trusted);
    }

    private static boolean has(EvidenceStore store, String word) {
        return store.all().stream().anyMatch(f -> f.evidence().kind().equals(word));
    }

    /** A closed vote's; empty for a key that makes none. */
    static Optional<Statement> ofVote(
            CandidateStore where,
            StagedCandidate candidate,
            Optional<SignatureVerifier> trusted,
            DetachedSigner signer,
            Supplier<VoteRecord> record) {
        return of("vote", new EvidenceStore(where, candidate, trusted), where, signer, () -> {
            VoteRecord vote = record.get();
            Instant closed = vote.vote().closing().map(VoteEvent::at).orElseThrow();
            return new Dated(vote.toJson(), VoteRecord.FILE, closed);
        });
    }

    /** @param at when it was made: the same record always gives the same statement */
    private record Dated(byte[] record, String file, Instant at) {}

    private static Optional<Statement> of(
            String word, EvidenceStore store, CandidateStore where, DetachedSigner signer, Supplier<Dated> record) {
        if (signer.material().isEmpty()) {
            return Optional.empty();
        }
        EvidenceKind kind = EvidenceKinds.require(word);
        String target = word + " on " + where.repository().reference();
        String expected = "the record, as in-toto has it";
        return Optional.of(new Statement(
                has(store, word)
                        ? Change.done("statement", target, expected)
                        : Change.absent("statement", target, expected),
                () -> {
                    Dated dated = record.get();
                    Bundle bundle = store.attestation()
                            .sign(
                                    kind,
                                    kind.predicate(dated.record(), dated.file()),
                                    Optional.empty(),
                                    dated.at(),
                                    signer);
                    store.attach(bundle, kind.predicateType(), dated.at());
                }));
    }
}
