package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.BallotWithdrawal;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import io.jenkins.plugins.darwin.vote.VoteEvent.Extension;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A vote on one candidate digest. A value: every operation returns the vote that follows, or refuses and changes nothing.
 *
 * <p>What was received first is first in the list, whatever the clock said; a ballot counts when its time is before the
 * deadline, and the deadline itself is too late. {@code eligible} answers, for groups and for people who left, whether
 * a voter's ballot may bind now; it can take the right away that the policy gives, never give it.
 *
 * @param policy with its IDs in lower case
 * @param opened UTC, to the millisecond
 * @param firstDeadline the deadline when it opened, see {@link #deadline()}
 * @param events everything since, in the order received
 */
public record Vote(
        CandidateId candidate,
        Digest digest,
        VotePolicy policy,
        Instant opened,
        Instant firstDeadline,
        String openedBy,
        List<VoteEvent> events) {
    /** Everybody: the policy alone says who binds. */
    public static final Predicate<String> ANYBODY = voter -> true;

    public Vote {
        opened = opened.truncatedTo(ChronoUnit.MILLIS);
        firstDeadline = firstDeadline.truncatedTo(ChronoUnit.MILLIS);
        openedBy = Words.person(openedBy);
        events = List.copyOf(events);
    }

    /** Opens a vote that lasts as long as the policy says. */
    public static Vote open(CandidateId candidate, Digest digest, VotePolicy policy, Instant now, String by) {
        return open(candidate, digest, policy, now, now.plus(Duration.ofHours(policy.hours())), by);
    }

    /**
     * Opens a vote.
     *
     * @throws ReleaseException usage, when no vote could pass under the policy
     */
    public static Vote open(
            CandidateId candidate, Digest digest, VotePolicy policy, Instant now, Instant deadline, String by) {
        if (!deadline.isAfter(now)) {
            throw ReleaseException.usage("The vote would end before it opens: expected a deadline after "
                    + Words.time(now) + ", found " + Words.time(deadline) + ".");
        }
        return new Vote(candidate, digest, Electorate.checked(policy), now, deadline, by, List.of());
    }

    /**
     * Counts a ballot. One with an ID that was counted before, saying the same, changes nothing, also after the end.
     *
     * @throws ReleaseException refused, when the vote has ended, the ballot is for another digest or its ID is another
     *     ballot's, or the voter is neither voter nor adviser; usage, for an item that is not on the checklist
     */
    public Vote cast(Ballot ballot) {
        Vote after = count(ballot);
        if (after != this) {
            VoteLimits.require(this, ballot);
        }
        return after;
    }

    private Vote count(Ballot ballot) {
        Optional<Ballot> known =
                ballots().stream().filter(b -> b.id().equals(ballot.id())).findFirst();
        if (known.isPresent()) {
            if (known.get().repeats(ballot)) {
                return this;
            }
            throw ReleaseException.refused(
                    "The ballot ID " + ballot.id() + " was used for another ballot; send a new one.");
        }
        if (!ballot.digest().equals(digest)) {
            throw ReleaseException.refused("The ballot is for another candidate: expected " + candidate + " " + digest
                    + ", found " + ballot.digest() + "; look at the candidate again and vote on it.");
        }
        refuseWhenOver(ballot.at());
        List<String> unknown = ballot.checks().keySet().stream()
                .filter(item -> !policy.checklist().contains(item))
                .toList();
        if (!unknown.isEmpty()) {
            throw ReleaseException.usage("Not on the checklist: '" + Words.shown(unknown.get(0)) + "'; expected one of "
                    + policy.checklist() + ".");
        }
        if (!new Electorate(policy).mayVote(ballot.voter())) {
            throw ReleaseException.refused(Words.shown(ballot.voter()) + " may not vote on " + candidate
                    + ": expected one of the policy's voters or advisers.");
        }
        return with(ballot);
    }

    /**
     * Takes a ballot back: its author alone may, and has then not voted. Doing so again changes nothing.
     *
     * @throws ReleaseException usage, when there is no such ballot; refused, when it is another's, no longer the voter's
     *     latest, or the vote has ended
     */
    public Vote withdrawBallot(BallotWithdrawal withdrawal) {
        Ballot ballot = ballots().stream()
                .filter(b -> b.id().equals(withdrawal.ballot()))
                .findFirst()
                .orElseThrow(() -> ReleaseException.usage("There is no ballot " + withdrawal.ballot() + "."));
        if (!ballot.voter().equals(withdrawal.by())) {
            throw ReleaseException.refused("Only " + Words.shown(ballot.voter()) + " may withdraw this ballot, not "
                    + Words.shown(withdrawal.by()) + ".");
        }
        if (of(BallotWithdrawal.class).anyMatch(w -> w.ballot().equals(ballot.id()))) {
            return this;
        }
        refuseWhenOver(withdrawal.at());
        if (!ballot.equals(counting().get(ballot.voter()))) {
            throw ReleaseException.refused("The ballot was changed since; withdraw the latest one.");
        }
        return with(withdrawal);
    }

    /**
     * Takes back the ballot of a voter that counts now.
     *
     * @throws ReleaseException refused, when there is none, or the vote has ended
     */
    public Vote takeBack(String voter, Instant now, Optional<String> recordedBy) {
        Ballot ballot = counting().get(Words.person(voter));
        if (ballot == null) {
            throw ReleaseException.refused("There is no ballot of " + Words.shown(voter) + " to take back.");
        }
        return withdrawBallot(new BallotWithdrawal(ballot.id(), ballot.voter(), now, recordedBy));
    }

    /**
     * Gives more time; also after the deadline, and to a vote that was closed for want of votes: the ballots stay.
     *
     * @throws ReleaseException usage, when the new deadline is not later; refused, when the vote has ended otherwise
     */
    public Vote extend(Extension extension, Predicate<String> eligible) {
        refuseUnlessLonger(extension);
        Outcome outcome = tally(eligible).outcome();
        if (!extension.at().isBefore(deadline()) && outcome != Outcome.NO_QUORUM && outcome != Outcome.EXPIRED) {
            throw ReleaseException.refused("The vote on " + candidate + " ended at " + Words.time(deadline()) + " and "
                    + outcome.phrase() + "; close it.");
        }
        return with(extension);
    }

    private void refuseUnlessLonger(Extension extension) {
        if (closing().filter(c -> !c.outcome().mayGoOn()).isPresent()) {
            refuseWhenClosed();
        }
        if (!extension.deadline().isAfter(deadline()) || !extension.deadline().isAfter(extension.at())) {
            throw ReleaseException.usage("The vote would not become longer: expected a deadline after "
                    + Words.time(deadline()) + " and in the future, found " + Words.time(extension.deadline()) + ".");
        }
    }

    /**
     * Ends the vote by its votes.
     *
     * @throws ReleaseException refused, before the deadline unless the policy lets it close early and it is decided
     */
    public Vote close(Instant now, String by, Predicate<String> eligible) {
        refuseWhenClosed();
        Tally tally = tally(eligible);
        if (now.isBefore(deadline())) {
            if (policy.closeEarly().equals(Optional.of(false))) {
                throw ReleaseException.refused("The vote on " + candidate + " is open until " + Words.time(deadline())
                        + ": the policy (vote.closeEarly: false) lets none end earlier.");
            }
            if (!decided(now, eligible)) {
                throw ReleaseException.refused("The vote on " + candidate + " is open until " + Words.time(deadline())
                        + " and not decided: " + tally.summary() + "; wait, or withdraw the candidate.");
            }
        }
        return with(closing(tally.outcome(), now, by, "", eligible));
    }

    /** Ends the vote because the candidate is taken back. */
    public Vote withdraw(Instant now, String by, String reason, Predicate<String> eligible) {
        refuseWhenClosed();
        return with(closing(Outcome.WITHDRAWN, now, by, Words.reason("reason for the withdrawal", reason), eligible));
    }

    /** Ends the vote because staging holds something else under the candidate's name. */
    public Vote invalidate(Instant now, String by, String reason, Predicate<String> eligible) {
        refuseWhenClosed();
        return with(closing(Outcome.VOID, now, by, Words.reason("reason why the vote is void", reason), eligible));
    }

    /** Ends the vote by an administrator's word; the ballots stay as they are. */
    public Vote override(Instant now, String by, String reason, Predicate<String> eligible) {
        refuseWhenClosed();
        return with(closing(Outcome.OVERRIDDEN, now, by, Words.reason("reason for the override", reason), eligible));
    }

    /**
     * Applies an event that was written down earlier.
     *
     * @throws ReleaseException refused, when it can't have happened so: above all an outcome that does not follow
     */
    public Vote replay(VoteEvent event) {
        if (event instanceof Ballot ballot) {
            return count(ballot);
        } else if (event instanceof BallotWithdrawal withdrawal) {
            return withdrawBallot(withdrawal);
        } else if (event instanceof Extension extension) {
            refuseUnlessLonger(
                    extension); // whether a veto stood hung on who was eligible then, which nobody wrote down
            return with(extension);
        }
        Closing closing = (Closing) event;
        Predicate<String> eligible = closing.electorate()::contains;
        Vote ended = switch (closing.outcome()) {
            case WITHDRAWN -> withdraw(closing.at(), closing.by(), closing.reason(), eligible);
            case VOID -> invalidate(closing.at(), closing.by(), closing.reason(), eligible);
            case OVERRIDDEN -> override(closing.at(), closing.by(), closing.reason(), eligible);
            default -> close(closing.at(), closing.by(), eligible);
        };
        if (!ended.closing().equals(Optional.of(closing))) {
            throw ReleaseException.refused(
                    "The outcome of the vote on " + candidate + " does not follow from its ballots: expected "
                            + ended.closing().get().outcome() + ", found " + closing.outcome() + ".");
        }
        return ended;
    }

    /** The deadline with all extensions. */
    public Instant deadline() {
        return of(Extension.class).reduce((a, b) -> b).map(Extension::deadline).orElse(firstDeadline);
    }

    /** All ballots, in the order received, also changed and withdrawn ones. */
    public List<Ballot> ballots() {
        return of(Ballot.class).toList();
    }

    /** The end, when there is one: what more time came after was none. */
    public Optional<Closing> closing() {
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(events.get(events.size() - 1))
                        .filter(Closing.class::isInstance)
                        .map(Closing.class::cast);
    }

    /** Whether this is the other vote with more that happened since. */
    public boolean continues(Vote other) {
        return opened.equals(other.opened)
                && digest.equals(other.digest)
                && policy.equals(other.policy)
                && events.size() >= other.events.size()
                && events.subList(0, other.events.size()).equals(other.events);
    }

    /** Whether ballots are taken at this moment. */
    public boolean isOpen(Instant now) {
        return closing().isEmpty() && now.isBefore(deadline());
    }

    /** The ballots that count, by voter: the latest of each, if not withdrawn. In the order of first voting. */
    public Map<String, Ballot> counting() {
        Map<String, Ballot> latest = new LinkedHashMap<>();
        for (VoteEvent event : events) {
            if (event instanceof Ballot ballot) {
                latest.put(ballot.voter(), ballot);
            } else if (event instanceof BallotWithdrawal withdrawal) {
                latest.remove(withdrawal.by());
            }
        }
        return Collections.unmodifiableMap(latest);
    }

    /** The count; of a vote that has ended, by those who were eligible then. */
    public Tally tally(Predicate<String> eligible) {
        Predicate<String> who =
                closing().<Predicate<String>>map(c -> c.electorate()::contains).orElse(eligible);
        return Tally.of(this, voter -> new Electorate(policy).mayBind(voter) && who.test(voter));
    }

    /**
     * Whether the outcome is settled unless somebody takes a vote back: a veto stands, everybody has voted, too few are
     * left for the quorum, or the quorum is met and {@code minHours} are over.
     */
    public boolean decided(Instant now, Predicate<String> eligible) {
        Tally tally = tally(eligible);
        return tally.binding().minusOne() > 0
                || tally.complete()
                || tally.unreachable()
                || tally.quorumMet() && matured(now);
    }

    /**
     * Whether the vote should be closed now without anybody asking: at the deadline, or earlier as the policy has it. Its
     * default rule is the careful one: everybody has voted, or the quorum is met, {@code minHours} are over and there is
     * no -1, not even an advising one. A veto ends no vote before its time, for it can be taken back; and after the ballot that
     * decided, others can still change theirs for {@code graceMinutes}.
     */
    public boolean due(Instant now, Predicate<String> eligible) {
        if (closing().isPresent()) {
            return false;
        }
        return !now.isBefore(deadline()) || settled(now, eligible) && !now.isBefore(graceEnds());
    }

    /** When a vote that is decided will close by itself unless a ballot changes; empty while nothing is decided, and afterwards. */
    public Optional<Instant> closesAt(Instant now, Predicate<String> eligible) {
        return closing().isEmpty() && now.isBefore(deadline()) && settled(now, eligible)
                ? Optional.of(graceEnds().isBefore(deadline()) ? graceEnds() : deadline())
                : Optional.empty();
    }

    /** The end of the time in which ballots can change after the last one that did; the opening's own when there is none. */
    public Instant graceEnds() {
        return events.stream()
                .filter(e -> e instanceof Ballot || e instanceof BallotWithdrawal)
                .map(VoteEvent::at)
                .max(Instant::compareTo)
                .orElse(opened)
                .plus(Duration.ofMinutes(policy.graceMinutes()));
    }

    private boolean settled(Instant now, Predicate<String> eligible) {
        if (tally(eligible).binding().minusOne() > 0) {
            return false;
        }
        if (policy.closeEarly().isPresent()) {
            return policy.closeEarly().get() && decided(now, eligible);
        }
        Tally tally = tally(eligible);
        boolean noMinus = tally.binding().minusOne() + tally.advising().minusOne() == 0;
        return tally.complete() || tally.quorumMet() && noMinus && matured(now);
    }

    private boolean matured(Instant now) {
        return !now.isBefore(opened.plus(Duration.ofHours(policy.minHours())));
    }

    private Closing closing(Outcome outcome, Instant now, String by, String reason, Predicate<String> eligible) {
        Electorate electorate = new Electorate(policy);
        TreeSet<String> people = new TreeSet<>(electorate.named());
        people.addAll(counting().keySet());
        return new Closing(
                outcome,
                now,
                by,
                reason,
                people.stream().filter(electorate::mayBind).filter(eligible).toList());
    }

    private void refuseWhenOver(Instant now) {
        refuseWhenClosed();
        if (!now.isBefore(deadline())) {
            throw ReleaseException.refused("The vote on " + candidate + " ended at " + Words.time(deadline()) + ".");
        }
    }

    private void refuseWhenClosed() {
        closing().ifPresent(closing -> {
            throw ReleaseException.refused("The vote on " + candidate + " was closed at " + Words.time(closing.at())
                    + " and " + closing.outcome().phrase() + ".");
        });
    }

    private <T extends VoteEvent> Stream<T> of(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    private Vote with(VoteEvent event) {
        List<VoteEvent> more = new ArrayList<>(events);
        more.add(event);
        return new Vote(candidate, digest, policy, opened, firstDeadline, openedBy, more);
    }
}
