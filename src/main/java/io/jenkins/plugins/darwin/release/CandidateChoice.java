package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.SignedCandidates;
import io.jenkins.plugins.darwin.candidate.StagedCandidate;
import io.jenkins.plugins.darwin.candidate.VoteStore;
import io.jenkins.plugins.darwin.git.SignedTag;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.openpgp.SignatureVerifier;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import io.jenkins.plugins.darwin.vote.Vote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which candidate is promoted: the newest one that is signed, or the one that somebody named. An older one that passed is not
 * taken by itself: whoever built a newer one had a reason, and its vote may run.
 */
final class CandidateChoice {
    private final ReleaseLine line;
    private final CandidateStore store;
    private final SignatureVerifier verifier;
    private final Version version;
    private final String tagName;
    private final List<String> warnings = new ArrayList<>();

    CandidateChoice(ReleaseLine line, SignatureVerifier verifier, Version version, String tagName) {
        this.line = line;
        this.store = line.candidates();
        this.verifier = verifier;
        this.version = version;
        this.tagName = tagName;
    }

    List<String> warnings() {
        return warnings;
    }

    /**
     * Chooses, and makes sure that it passed its vote.
     *
     * @param named {@code X.Y.Z-RCn} or a candidate digest, when somebody named one
     * @param tag the version's tag, when there is one: what it was signed for is in promotion already
     * @throws ReleaseException refused, when there is no such candidate or it has not passed; usage, for what is no name
     */
    StagedCandidate choose(Optional<String> named, Optional<SignedTag> tag) {
        List<StagedCandidate> signed = signed();
        if (signed.isEmpty()) {
            throw ReleaseException.refused("There is no signed candidate of " + version + " in "
                    + store.repository().reference() + ".");
        }
        StagedCandidate chosen = named.map(name -> named(signed, name))
                .or(() -> tag.flatMap(t -> tagged(signed, t)))
                .orElse(signed.get(0));
        if (state(chosen).passed()) {
            return chosen;
        }
        throw named.isPresent() || signed.size() == 1 ? notPassed(chosen) : notPassed(chosen, signed);
    }

    /** Newest first. What no trusted key signed does not exist for us. */
    private List<StagedCandidate> signed() {
        SignedCandidates candidates = new SignedCandidates(store, version, Optional.of(verifier));
        List<StagedCandidate> signed = new ArrayList<>(candidates.all());
        candidates.warning().ifPresent(warnings::add);
        Collections.reverse(signed);
        return signed;
    }

    private StagedCandidate named(List<StagedCandidate> signed, String name) {
        Optional<CandidateId> id = CandidateId.ofTag(name);
        Optional<Digest> digest = name.startsWith("sha256:") ? Optional.of(Digest.parse(name)) : Optional.empty();
        if (id.isEmpty() && digest.isEmpty()) {
            throw ReleaseException.usage("Not the name of a candidate: expected " + version
                    + "-RCn or its digest sha256:..., found '" + Version.printable(name) + "'.");
        }
        return signed.stream()
                .filter(c -> id.map(c.id()::equals).orElseGet(() -> c.digest().equals(digest.get())))
                .findFirst()
                .orElseThrow(() -> ReleaseException.refused("There is no signed candidate " + Version.printable(name)
                        + " of " + version + " in " + store.repository().reference() + ": expected it, found "
                        + signed.stream()
                                .map(c -> c.id() + " (" + c.digest() + ")")
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private Optional<StagedCandidate> tagged(List<StagedCandidate> signed, SignedTag tag) {
        return signed.stream()
                .filter(c -> tag.tag().commit().equals(c.candidate().commit())
                        && tag.signature()
                                .filter(asc -> verifier.verify(
                                                asc, SignedFor.tag(c.project(), c.id(), tagName), tag.payload())
                                        .acceptable())
                                .isPresent())
                .findFirst();
    }

    private record State(boolean passed, String phrase) {}

    private State state(StagedCandidate candidate) {
        VoteStore votes = line.vote(candidate, Optional.of(verifier));
        Optional<VoteStore.SignedRecord> record = votes.record();
        votes.warnings().stream().filter(w -> !warnings.contains(w)).forEach(warnings::add);
        return new State(
                record.filter(VoteStore.SignedRecord::passed).isPresent(),
                record.map(r -> r.outcome().toLowerCase(Locale.ROOT))
                        .orElse("no vote record on its digest "
                                + candidate.digest().abbreviated()
                                + votes.warnings().stream()
                                        .map(w -> "; " + w.replaceAll("\\.$", ""))
                                        .collect(Collectors.joining())));
    }

    /** The vote that a chosen candidate passed. */
    Vote vote(StagedCandidate candidate) {
        return line.vote(candidate, Optional.of(verifier))
                .record()
                .orElseThrow()
                .record()
                .vote();
    }

    private ReleaseException notPassed(StagedCandidate candidate) {
        return ReleaseException.refused(
                candidate.id() + " has not passed a vote: expected a signed vote record that says so, found "
                        + state(candidate).phrase() + ". Hold the vote, then promote.",
                Next.of(Next.Act.OPEN_VOTE, version));
    }

    private ReleaseException notPassed(StagedCandidate newest, List<StagedCandidate> signed) {
        List<StagedCandidate> passed =
                signed.stream().filter(c -> state(c).passed()).toList();
        String sentence = newest.id() + " is the newest candidate of " + version
                + " and has not passed a vote: expected a signed vote record that says so, found "
                + signed.stream()
                        .map(c -> c.id() + " (" + state(c).phrase() + ")")
                        .collect(Collectors.joining(", "))
                + ". ";
        return passed.isEmpty()
                ? ReleaseException.refused(
                        sentence + "Hold the vote, then promote.", Next.of(Next.Act.OPEN_VOTE, version))
                : ReleaseException.refused(
                        sentence + "End the vote on it first; or, to release "
                                + passed.get(0).id() + " although a newer one is there, name that candidate.",
                        Next.of(Next.Act.NAME_CANDIDATE));
    }
}
