package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The vote on one candidate: while it runs and when it is closed, as signed documents that refer to the candidate, with a
 * copy in the released repository's Git. What no trusted key signed for just this vote does not exist.
 */
public final class VoteStore {
    /** Name of the copy of a running vote in Git. */
    private static final String RUNNING = "running.json";

    private static final String IN_GIT = RecordNotes.REF;

    private final CandidateStore store;
    private final StagedCandidate candidate;
    private final TrustedDocuments documents;
    private final Optional<RecordNotes> notes;
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * @param verifier whose signatures count; empty when there is no key to trust
     * @param notes the released repository's own copies, where that is at hand
     */
    public VoteStore(
            CandidateStore store,
            StagedCandidate candidate,
            Optional<SignatureVerifier> verifier,
            Optional<RecordNotes> notes) {
        this.store = store;
        this.candidate = candidate;
        this.documents = new TrustedDocuments(store, candidate, verifier);
        this.notes = notes;
    }

    /**
     * A closed vote.
     *
     * @param fault why it proves nothing although trusted keys signed it: two records say different things
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

    /** A vote as one document tells it. */
    private record Told(VoteRecord record, TrustedDocuments.Document document) {
        Vote vote() {
            return record.vote();
        }

        Instant closed() {
            return vote().closing().map(VoteEvent::at).orElse(Instant.MAX);
        }
    }

    /** What people should know: what was skipped, and which copy could not be written. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        documents.warning().ifPresent(all::add);
        return all;
    }

    /** The closed vote on the candidate: a later one that goes on from an earlier counts in its place. */
    public Optional<SignedRecord> record() {
        List<Told> closed = closed();
        if (closed.isEmpty()) {
            return Optional.empty();
        }
        Told counts = closed.get(0);
        for (Told next : closed.subList(1, closed.size())) {
            if (next.vote().continues(counts.vote())) {
                counts = next;
            } else if (!same(counts.vote(), next.vote())) {
                return Optional.of(new SignedRecord(
                        counts.record(),
                        Optional.of("has two signed records that say different things: " + said(counts) + ", "
                                + said(next) + "; find out who signed the second")));
            }
        }
        return Optional.of(new SignedRecord(counts.record(), Optional.empty()));
    }

    private static String said(Told told) {
        return told.document().source() + " says "
                + told.vote().closing().orElseThrow().outcome().phrase();
    }

    /** The same vote, closed twice at the same moment: the earlier counts. */
    private static boolean same(Vote one, Vote other) {
        return one.opened().equals(other.opened())
                && one.policy().equals(other.policy())
                && one.counting().equals(other.counting())
                && one.closing()
                        .map(VoteEvent.Closing::outcome)
                        .equals(other.closing().map(VoteEvent.Closing::outcome));
    }

    /** Whether a vote on the candidate has ended without letting it pass: then the same commit may be tried again. */
    public boolean failed() {
        return record().filter(r -> r.fault().isEmpty() && !r.passed()).isPresent();
    }

    /**
     * The vote as it stands: what every signed snapshot tells, in the order of the events' times.
     *
     * @throws ReleaseException refused, when two records say different things
     */
    public Optional<Vote> find() {
        Optional<SignedRecord> record = record();
        record.flatMap(SignedRecord::fault).ifPresent(fault -> {
            throw ReleaseException.refused("The vote on " + candidate.id() + " " + fault + ".");
        });
        Optional<Vote> closed = record.map(r -> r.record().vote());
        List<Vote> running = told(MediaType.VOTE_RUNNING, RUNNING).stream()
                .map(Told::vote)
                .filter(v -> closed.isEmpty() || v.continues(closed.get()))
                .toList();
        return running.isEmpty() ? closed : Optional.of(merge(running));
    }

    private Vote merge(List<Vote> snapshots) {
        Vote first = snapshots.stream()
                .min(Comparator.comparing(Vote::opened).thenComparing(Vote::openedBy))
                .orElseThrow();
        Vote vote = new Vote(
                first.candidate(),
                first.digest(),
                first.policy(),
                first.opened(),
                first.firstDeadline(),
                first.openedBy(),
                List.of());
        for (VoteEvent event : events(snapshots.stream()
                .filter(v -> v.opened().equals(first.opened()) && v.openedBy().equals(first.openedBy()))
                .map(Vote::events)
                .toList())) {
            try {
                vote = vote.replay(event);
            } catch (ReleaseException e) {
                warnings.add("Left out of the vote, because others were recorded at the same time: " + e.getMessage());
            }
        }
        return vote;
    }

    /** The longest story in its order, with what only others tell put in by its time. */
    private static List<VoteEvent> events(List<List<VoteEvent>> stories) {
        List<VoteEvent> all = new ArrayList<>(stories.stream()
                .max(Comparator.comparing((List<VoteEvent> s) -> s.size()).thenComparing(Object::toString))
                .orElseThrow());
        stories.stream()
                .flatMap(List::stream)
                .distinct()
                .filter(e -> !all.contains(e))
                .sorted(Comparator.comparing(VoteEvent::at).thenComparing(Object::toString))
                .toList()
                .forEach(e -> {
                    int place = all.size();
                    while (place > 0 && all.get(place - 1).at().isAfter(e.at())) {
                        place--;
                    }
                    all.add(place, e);
                });
        return all;
    }

    private List<Told> closed() {
        return told(MediaType.VOTE_RECORD, VoteRecord.FILE).stream()
                .filter(t -> t.vote().closing().isPresent())
                .sorted(Comparator.comparing(Told::closed)
                        .thenComparing(t -> t.vote().events().size()))
                .toList();
    }

    private List<Told> told(String type, String name) {
        List<Told> told = new ArrayList<>();
        List<TrustedDocuments.Document> all = new ArrayList<>(documents.all(type, signedFor()));
        documents
                .kept(notes.flatMap(n -> n.read(candidate, name)), signedFor(), IN_GIT)
                .ifPresent(all::add);
        for (TrustedDocuments.Document document : all) {
            try {
                VoteRecord record = VoteRecord.parse(document.content());
                if (!record.vote().digest().equals(candidate.digest())
                        || !record.vote().candidate().equals(candidate.id())) {
                    documents.skip(
                            document.source() + " (it is on " + record.vote().candidate() + ")");
                } else {
                    told.add(new Told(record, document));
                }
            } catch (ReleaseException e) {
                documents.skip(document.source() + " (" + e.getMessage() + ")");
            }
        }
        return told;
    }

    private SignedFor signedFor() {
        return SignedFor.vote(candidate.project(), candidate.id(), candidate.digest());
    }

    /**
     * Keeps a running vote: signed, in Git and beside the candidate. What others recorded meanwhile is kept too.
     *
     * @return the vote with theirs
     */
    public Vote save(Vote wanted, DetachedSigner signer) {
        Vote vote = wanted;
        for (int attempt = 1; ; attempt++) {
            byte[] document = new VoteRecord(candidate.project(), vote).toJson();
            RecordNotes.Signed signed = sign(document, signer);
            if (write(RUNNING, signed, attempt)) {
                attach(MediaType.VOTE_RUNNING, signed);
                return vote;
            }
            Optional<Vote> others = find();
            others.filter(o -> o.closing().isPresent() && !wanted.continues(o)).ifPresent(o -> {
                throw ReleaseException.refused("The vote on " + candidate.id() + " was closed meanwhile and "
                        + o.closing().get().outcome().phrase() + ".");
            });
            vote = others.map(o -> merge(List.of(o, wanted))).orElse(wanted);
        }
    }

    /**
     * Signs the record of a closed vote and attaches it to the candidate that was voted on. One closing exists: when
     * somebody else closed the same vote, theirs counts and is what this returns.
     */
    public VoteRecord close(VoteRecord record, DetachedSigner signer) {
        if (!record.vote().digest().equals(candidate.digest())) {
            throw ReleaseException.refused("The vote is on another candidate: expected " + candidate.digest()
                    + ", found " + record.vote().digest() + ".");
        }
        for (int attempt = 1; ; attempt++) {
            Optional<Told> theirs = closed().stream()
                    .filter(t -> !record.vote().continues(t.vote()) || t.vote().continues(record.vote()))
                    .findFirst();
            if (theirs.isPresent()) {
                TrustedDocuments.Document document = theirs.get().document();
                RecordNotes.Signed signed = new RecordNotes.Signed(document.content(), document.signature());
                write(VoteRecord.FILE, signed, RecordNotes.ATTEMPTS); // a copy: what is there already is as good
                attach(MediaType.VOTE_RECORD, signed);
                return theirs.get().record();
            }
            RecordNotes.Signed signed = sign(record.toJson(), signer);
            if (write(VoteRecord.FILE, signed, attempt)) {
                attach(MediaType.VOTE_RECORD, signed);
                return earliest(record);
            }
        }
    }

    /** Where only the registry keeps it, two can close at the same moment: both look again, and see the same one. */
    private VoteRecord earliest(VoteRecord own) {
        return record().filter(r -> r.fault().isEmpty())
                .map(SignedRecord::record)
                .orElse(own);
    }

    private RecordNotes.Signed sign(byte[] document, DetachedSigner signer) {
        return new RecordNotes.Signed(document, DetachedSigner.signBytes(signer, signedFor(), document));
    }

    /** @return false when somebody else wrote meanwhile, and what they wrote is fetched */
    private boolean write(String name, RecordNotes.Signed signed, int attempt) {
        if (notes.isEmpty()) {
            return true;
        }
        return notes.get()
                .write(
                        candidate,
                        name,
                        signed,
                        attempt,
                        why -> warnings.add("The copy of the vote in Git was not written, it is in the registry alone: "
                                + why + "."));
    }

    private void attach(String type, RecordNotes.Signed signed) {
        Attachments.attach(
                store,
                candidate.manifest().descriptor(),
                type,
                VoteRecord.FILE,
                signed.content(),
                signed.signature().getBytes(StandardCharsets.US_ASCII));
    }
}
