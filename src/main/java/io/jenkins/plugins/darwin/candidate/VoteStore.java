package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Votes, as documents that refer to a candidate. */
public final class VoteStore {
    private VoteStore() {}

    /**
     * A closed vote, and whether its record can be believed.
     *
     * @param fault why it proves nothing; empty when a trusted key signed it for this very digest
     */
    public record SignedRecord(VoteRecord record, Optional<String> fault) {
        public boolean passed() {
            return fault.isEmpty() && record.outcome().filter(Outcome::passes).isPresent();
        }

        /** For people: the outcome, or the fault. */
        public String outcome() {
            return fault.orElseGet(() -> record.outcome().map(Outcome::phrase).orElse("is still open"));
        }
    }

    /** Signs the record of a closed vote and attaches it to the candidate that was voted on. */
    public static void attach(
            CandidateStore store, StagedCandidate candidate, VoteRecord record, DetachedSigner signer) {
        if (!record.vote().digest().equals(candidate.digest())) {
            throw ReleaseException.refused("The vote is on another candidate: expected " + candidate.digest()
                    + ", found " + record.vote().digest() + ".");
        }
        Attachments.attachSigned(
                store,
                candidate.manifest().descriptor(),
                MediaType.VOTE_RECORD,
                VoteRecord.FILE,
                record.toJson(),
                signedFor(candidate),
                signer,
                true);
    }

    private static SignedFor signedFor(StagedCandidate candidate) {
        return SignedFor.vote(candidate.project(), candidate.id(), candidate.digest());
    }

    /** The first closed vote on a candidate that can be believed, else what is wrong with the first there is. */
    public static Optional<SignedRecord> record(
            CandidateStore store, StagedCandidate candidate, SignatureVerifier verifier) {
        List<SignedRecord> records = store.attached(candidate.digest(), MediaType.VOTE_RECORD).stream()
                .map(m -> judge(store, candidate, m, verifier))
                .sorted(Comparator.comparing(r -> closed(r.record())))
                .toList();
        return records.stream()
                .filter(r -> r.fault().isEmpty())
                .findFirst()
                .or(() -> records.stream().findFirst());
    }

    private static java.time.Instant closed(VoteRecord record) {
        return record.vote().closing().map(VoteEvent::at).orElse(java.time.Instant.MAX);
    }

    private static SignedRecord judge(
            CandidateStore store, StagedCandidate candidate, Manifest attachment, SignatureVerifier verifier) {
        byte[] document = Attachments.document(store, attachment);
        VoteRecord record = VoteRecord.parse(document);
        if (!Attachments.refersTo(attachment, candidate.digest())
                || !record.vote().digest().equals(candidate.digest())) {
            return new SignedRecord(
                    record,
                    Optional.of("its vote record belongs to another candidate: expected " + candidate.digest()
                            + ", found " + record.vote().digest()));
        }
        SignatureCheck check = Attachments.check(store, attachment, signedFor(candidate), document, verifier);
        return new SignedRecord(
                record,
                check.acceptable()
                        ? Optional.empty()
                        : Optional.of("the signature of its vote record does not count: " + check.detail()));
    }

    /** Whether a vote on the candidate has ended without letting it pass: then the same commit may be tried again. */
    public static boolean failed(CandidateStore store, StagedCandidate candidate) {
        return store.attached(candidate.digest(), MediaType.VOTE_RECORD).stream()
                .map(m -> VoteRecord.parse(Attachments.document(store, m)))
                .filter(r -> r.vote().digest().equals(candidate.digest()))
                .anyMatch(r -> r.outcome().filter(o -> !o.passes()).isPresent());
    }

    /** The vote as it stands: what every snapshot tells, in the order of the events' times. */
    public static Optional<Vote> find(CandidateStore store, StagedCandidate candidate) {
        List<Vote> snapshots = new ArrayList<>();
        for (String type : List.of(MediaType.VOTE_RUNNING, MediaType.VOTE_RECORD)) {
            store.attached(candidate.digest(), type).stream()
                    .map(m -> VoteRecord.parse(Attachments.document(store, m)).vote())
                    .filter(v -> v.digest().equals(candidate.digest()))
                    .forEach(snapshots::add);
        }
        if (snapshots.isEmpty()) {
            return Optional.empty();
        }
        Vote first = snapshots.stream()
                .min(Comparator.comparing(Vote::opened).thenComparing(Vote::openedBy))
                .get();
        Vote vote = new Vote(
                first.candidate(),
                first.digest(),
                first.policy(),
                first.opened(),
                first.firstDeadline(),
                first.openedBy(),
                List.of());
        List<VoteEvent> events = snapshots.stream()
                .filter(v -> v.opened().equals(first.opened()))
                .flatMap(v -> v.events().stream())
                .distinct()
                .sorted(Comparator.comparing(VoteEvent::at).thenComparing(Object::toString))
                .toList();
        for (VoteEvent event : events) {
            vote = vote.replay(event);
        }
        return Optional.of(vote);
    }

    public static void save(CandidateStore store, StagedCandidate candidate, Vote vote) {
        Attachments.attach(
                store,
                candidate.manifest().descriptor(),
                MediaType.VOTE_RUNNING,
                VoteRecord.FILE,
                new VoteRecord(candidate.candidate().project(), vote).toJson());
    }
}
