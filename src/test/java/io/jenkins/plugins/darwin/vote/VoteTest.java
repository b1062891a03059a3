package io.jenkins.plugins.darwin.vote;

import static io.jenkins.plugins.darwin.vote.Choice.MINUS_ONE;
import static io.jenkins.plugins.darwin.vote.Choice.PLUS_ONE;
import static io.jenkins.plugins.darwin.vote.Choice.ZERO;
import static io.jenkins.plugins.darwin.vote.Vote.ANYBODY;
import static io.jenkins.plugins.darwin.vote.Votes.back;
import static io.jenkins.plugins.darwin.vote.Votes.ballot;
import static io.jenkins.plugins.darwin.vote.Votes.hour;
import static io.jenkins.plugins.darwin.vote.Votes.open;
import static io.jenkins.plugins.darwin.vote.Votes.policy;
import static io.jenkins.plugins.darwin.vote.Votes.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoteTest {
    @Test
    void itLastsAsLongAsThePolicySays() {
        assertThat(open().deadline()).isEqualTo(hour(48));
        assertThat(open().isOpen(hour(48).minusMillis(1))).isTrue();
        assertThat(open().isOpen(hour(48))).isFalse();
    }

    @Test
    void theLatestBallotCountsAndEarlierOnesStay() {
        Vote vote = open().cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("bob", ZERO, 2))
                .cast(ballot("alice", MINUS_ONE, 3));
        assertThat(vote.ballots()).hasSize(3);
        assertThat(vote.counting().values()).extracting(Ballot::choice).containsExactlyInAnyOrder(MINUS_ONE, ZERO);
        assertThat(vote.tally(ANYBODY).binding()).isEqualTo(new Tally.Count(0, 1, 1));
    }

    @Test
    void upperAndLowerCaseAreOneVoter() {
        Vote vote = open(policy(List.of(), 2, Optional.empty()))
                .cast(ballot("Alice", PLUS_ONE, 1))
                .cast(ballot(" alice", PLUS_ONE, 2));
        assertThat(vote.tally(ANYBODY).binding().plusOne()).isEqualTo(1);
    }

    @Test
    void aBallotSentTwiceCountsOnceAlsoAfterTheEnd() {
        Ballot ballot = ballot("1", "alice", PLUS_ONE, 1, Map.of());
        Ballot later = ballot("1", "alice", PLUS_ONE, 60, Map.of());
        Vote vote = open().cast(ballot);
        assertThat(vote.cast(ballot)).isSameAs(vote);
        assertThat(vote.cast(later)).isSameAs(vote);
        refused(() -> vote.cast(ballot("1", "bob", PLUS_ONE, 1, Map.of())), "was used for another ballot");
        refused(() -> vote.cast(ballot("1", "alice", MINUS_ONE, 1, Map.of())), "was used for another ballot");
    }

    @Test
    void aBallotForAnotherDigestIsRefused() {
        Ballot good = ballot("alice", PLUS_ONE, 1);
        Ballot other = new Ballot("x", "alice", PLUS_ONE, "", Map.of(), good.at(), Votes.OTHER, Optional.empty());
        refused(() -> open().cast(other), "for another candidate");
    }

    @Test
    void theDeadlineItselfIsTooLate() {
        Vote vote = open();
        refused(() -> vote.cast(ballot("alice", PLUS_ONE, 48)), "ended at 2026-01-07 09:00 UTC");
        assertThat(vote.cast(ballot("alice", PLUS_ONE, 47)).ballots()).hasSize(1);
    }

    @Test
    void aClockThatJumpsBackTakesNoBallotAway() {
        Vote vote = open().cast(ballot("alice", PLUS_ONE, 5)).cast(ballot("alice", MINUS_ONE, -3));
        assertThat(vote.counting().get("alice").choice()).isEqualTo(MINUS_ONE);
    }

    @Test
    void aMinusOneNeedsAReason() {
        usage(() -> minus("too short"), "at least 10 characters, found 9");
        usage(() -> minus("   short      "), "found 5");
        usage(() -> minus("\uD83D\uDE00".repeat(9)), "found 9");
        assertThat(minus("ten chars!").reason()).isEqualTo("ten chars!");
        assertThat(minus("family \uD83D\uDC68\u200D\uD83D\uDC69 fails\r\nhere").reason())
                .endsWith("fails\nhere");
        usage(() -> minus("looks good\u202Eyllaer"), "control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "<a@b>", "@group", "a,b", "x\u202Ey", "a\"b"})
    void badVoterIdsAreRefused(String id) {
        usage(() -> ballot(id, PLUS_ONE, 1), "Not the ID of a voter");
    }

    @Test
    void badBallotIdsAndLongTextAreRefused() {
        usage(() -> ballot("a b", "alice", PLUS_ONE, 1, Map.of()), "Not the ID of a ballot");
        usage(() -> ballot("x".repeat(101), PLUS_ONE, 1), "Not the ID of a voter");
        usage(() -> minus("x".repeat(4001)), "too long");
        usage(() -> Choice.parse("yes"), "expected +1, 0 or -1");
        assertThat(Choice.parse(" 1 ")).isEqualTo(PLUS_ONE);
    }

    @Test
    void anUnknownItemIsRefused() {
        usage(
                () -> open().cast(ballot("1", "alice", PLUS_ONE, 1, Map.of("upgrades", CheckMark.PASSED))),
                "Not on the checklist: 'upgrades'");
    }

    @Test
    void onlyTheAuthorMayWithdrawABallot() {
        Ballot veto = ballot("alice", MINUS_ONE, 1);
        Vote vote = open().cast(veto);
        refused(() -> vote.withdrawBallot(back(veto, "bob", 2)), "Only alice may withdraw");
        Vote free = vote.withdrawBallot(back(veto, "Alice", 2));
        assertThat(free.tally(ANYBODY).binding().total()).isZero();
        assertThat(free.ballots()).containsExactly(veto);
        assertThat(free.withdrawBallot(back(veto, "alice", 60))).isSameAs(free);
        assertThat(free.tally(ANYBODY).notVoted()).contains("alice");
        usage(() -> vote.withdrawBallot(back(ballot("alice", ZERO, 1), "alice", 2)), "no ballot");
        Vote changed = vote.cast(ballot("alice", PLUS_ONE, 2));
        refused(() -> changed.withdrawBallot(back(veto, "alice", 3)), "was changed since");
        refused(() -> vote.withdrawBallot(back(veto, "alice", 48)), "ended");
    }

    @Test
    void outcomesFollowFromTheBindingBallots() {
        assertThat(outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(outcome(ballot("alice", ZERO, 1))).isEqualTo(Outcome.NO_QUORUM);
        assertThat(outcome(ballot("alice", PLUS_ONE, 1))).isEqualTo(Outcome.NO_QUORUM);
        assertThat(outcome(ballot("alice", PLUS_ONE, 1), ballot("bob", PLUS_ONE, 1)))
                .isEqualTo(Outcome.PASSED);
        assertThat(outcome(ballot("alice", PLUS_ONE, 1), ballot("bob", PLUS_ONE, 1), ballot("carol", MINUS_ONE, 1)))
                .isEqualTo(Outcome.VETOED);
        assertThat(outcome(ballot("mallory", PLUS_ONE, 1), ballot("trudy", PLUS_ONE, 1)))
                .as("advice alone")
                .isEqualTo(Outcome.EXPIRED);
        assertThat(outcome(ballot("alice", PLUS_ONE, 1), ballot("bob", PLUS_ONE, 1), ballot("dave", MINUS_ONE, 1)))
                .as("advice is no veto")
                .isEqualTo(Outcome.PASSED);
        assertThat(Outcome.values()).filteredOn(Outcome::passes).containsExactly(Outcome.PASSED, Outcome.OVERRIDDEN);
    }

    @Test
    void withNoVotersNamedEverybodyBinds() {
        Vote vote = open(policy(List.of(), 2, Optional.empty()))
                .cast(ballot("x", PLUS_ONE, 1))
                .cast(ballot("y", PLUS_ONE, 1));
        assertThat(vote.close(hour(48), "rita", ANYBODY).closing().get().outcome())
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void namedAdvisersShutOthersOut() {
        VotePolicy policy = new VotePolicy(List.of("alice"), List.of("dave"), 1, 48, 0, Optional.empty(), List.of());
        assertThat(open(policy)
                        .cast(ballot("dave", MINUS_ONE, 1))
                        .tally(ANYBODY)
                        .advising()
                        .minusOne())
                .isEqualTo(1);
        refused(() -> open(policy).cast(ballot("mallory", MINUS_ONE, 1)), "mallory may not vote");
    }

    @Test
    void groupsAreKnownOutside() {
        Vote vote = open(policy(List.of("@maintainers"), 2, Optional.empty()))
                .cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("bob", PLUS_ONE, 1))
                .cast(ballot("mallory", MINUS_ONE, 1));
        Vote closed = vote.close(hour(48), "rita", List.of("alice", "bob")::contains);
        assertThat(closed.closing().get().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(closed.tally(ANYBODY).advising().minusOne())
                .as("the end keeps who was eligible")
                .isEqualTo(1);
    }

    @Test
    void whoLeftNoLongerBindsAtTheEnd() {
        Vote vote = open().cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("bob", PLUS_ONE, 1))
                .cast(ballot("carol", MINUS_ONE, 1));
        Closing closing = vote.close(hour(48), "rita", voter -> !voter.equals("carol"))
                .closing()
                .get();
        assertThat(closing.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(closing.electorate()).containsExactly("alice", "bob");
    }

    @Test
    void nobodyVotesAfterTheEndAndItEndsOnce() {
        Vote closed = open().close(hour(48), "rita", ANYBODY);
        refused(() -> closed.cast(ballot("alice", PLUS_ONE, 1)), "was closed at");
        refused(() -> closed.close(hour(49), "rita", ANYBODY), "expired without a binding vote");
        refused(() -> closed.withdraw(hour(49), "rita", Votes.REASON, ANYBODY), "was closed");
        refused(() -> closed.override(hour(49), "rita", Votes.REASON, ANYBODY), "was closed");
        refused(() -> closed.invalidate(hour(49), "rita", Votes.REASON, ANYBODY), "was closed");
    }

    @Test
    void anExtensionGivesTimeAndIsRecorded() {
        Vote longer = open().extend(until(72, 10), ANYBODY);
        assertThat(longer.deadline()).isEqualTo(hour(72));
        assertThat(longer.cast(ballot("alice", PLUS_ONE, 60)).ballots()).hasSize(1);
        usage(() -> longer.extend(until(72, 10), ANYBODY), "would not become longer");
        usage(() -> open().extend(until(72, 80), ANYBODY), "in the future");
    }

    @Test
    void afterTheDeadlineOnlyAVoteThatLacksVotesIsExtended() {
        Vote one = open().cast(ballot("alice", PLUS_ONE, 1));
        assertThat(one.extend(until(96, 50), ANYBODY).isOpen(hour(51))).isTrue();
        refused(() -> one.cast(ballot("bob", MINUS_ONE, 2)).extend(until(96, 50), ANYBODY), "was vetoed; close it");
        refused(() -> one.cast(ballot("bob", PLUS_ONE, 2)).extend(until(96, 50), ANYBODY), "passed; close it");
    }

    @Test
    void anOverrideLeavesTheVotesAsTheyAre() {
        Vote vote = open().cast(ballot("alice", MINUS_ONE, 1));
        usage(() -> vote.override(hour(2), "root", "because", ANYBODY), "at least 10");
        Vote over = vote.override(hour(2), "root", "security fix, agreed by phone", ANYBODY);
        assertThat(over.closing().get().outcome()).isEqualTo(Outcome.OVERRIDDEN);
        assertThat(over.tally(ANYBODY).binding()).isEqualTo(new Tally.Count(0, 0, 1));
        assertThat(over.ballots()).isEqualTo(vote.ballots());
    }

    @Test
    void aPolicyThatNobodyCanMeetIsRefused() {
        usage(
                () -> open(policy(List.of("alice", "Alice", "bob"), 3, Optional.empty())),
                "expected at most the number of voters, 2");
        usage(() -> open(policy(List.of(), 0, Optional.empty())), "vote.quorum");
        usage(
                () -> Vote.open(Votes.RC1, Votes.DIGEST, open().policy(), hour(1), hour(1), "rita"),
                "end before it opens");
    }

    private static Outcome outcome(Ballot... ballots) {
        Vote vote = open();
        for (Ballot ballot : ballots) {
            vote = vote.cast(ballot);
        }
        return vote.close(hour(48), "rita", ANYBODY).closing().get().outcome();
    }

    private static Ballot minus(String reason) {
        return new Ballot("1", "alice", MINUS_ONE, reason, Map.of(), hour(1), Votes.DIGEST, Optional.empty());
    }

    @Test
    void whatWasWrittenDownCanNotMakeTheVoteShorter() {
        usage(() -> open().replay(until(47, 10)), "would not become longer");
        assertThat(open().replay(until(49, 10)).deadline()).isEqualTo(hour(49));
    }

    @Test
    void aVoteThatHasEndedIsNotDueAgain() {
        Vote vote = open().cast(ballot("alice", PLUS_ONE, 1)).cast(ballot("bob", PLUS_ONE, 1));
        assertThat(vote.due(hour(48), ANYBODY)).isTrue();
        assertThat(vote.close(hour(48), "rita", ANYBODY).due(hour(49), ANYBODY)).isFalse();
    }

    @Test
    void anAdvisersMinusOneKeepsAVoteFromClosingByItself() {
        VotePolicy advised =
                new VotePolicy(List.of("alice", "bob"), List.of("dora"), 1, 48, 24, Optional.empty(), Votes.CHECKLIST);
        Vote vote = Votes.open(advised).cast(ballot("alice", PLUS_ONE, 1));
        assertThat(vote.due(hour(24), ANYBODY)).isTrue();
        assertThat(vote.cast(ballot("dora", MINUS_ONE, 2)).due(hour(24), ANYBODY))
                .isFalse();
    }

    private static void refused(ThrowingCallable what, String says) {
        assertThatThrownBy(what)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(says)
                .matches(e -> ((ReleaseException) e).kind() == ReleaseException.Kind.REFUSED);
    }

    private static void usage(ThrowingCallable what, String says) {
        assertThatThrownBy(what)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(says)
                .matches(e -> ((ReleaseException) e).kind() == ReleaseException.Kind.USAGE);
    }
}
