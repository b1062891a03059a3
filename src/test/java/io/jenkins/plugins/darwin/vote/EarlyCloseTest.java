package io.jenkins.plugins.darwin.vote;

import static io.jenkins.plugins.darwin.vote.Choice.MINUS_ONE;
import static io.jenkins.plugins.darwin.vote.Choice.PLUS_ONE;
import static io.jenkins.plugins.darwin.vote.Choice.ZERO;
import static io.jenkins.plugins.darwin.vote.Vote.ANYBODY;
import static io.jenkins.plugins.darwin.vote.Votes.ballot;
import static io.jenkins.plugins.darwin.vote.Votes.hour;
import static io.jenkins.plugins.darwin.vote.Votes.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a vote may end before its deadline (closeEarly), and when it does by itself. Alice, Bob, Carol; quorum 2; 24 of 48 hours. */
class EarlyCloseTest {
    private static final Optional<Boolean> DEFAULT = Optional.empty();
    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);

    @Test
    void theQuorumEndsItAfterMinHours() {
        Vote vote = vote(DEFAULT).cast(ballot("alice", PLUS_ONE, 1)).cast(ballot("bob", PLUS_ONE, 1));
        assertThat(vote.due(hour(24).minusMillis(1), ANYBODY)).isFalse();
        assertThat(vote.due(hour(24), ANYBODY)).isTrue();
        refused(vote, 23);
        assertThat(vote.close(hour(24), "rita", ANYBODY).closing().get().outcome())
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void everybodyEndsItAtOnce() {
        Vote vote = vote(DEFAULT).cast(ballot("alice", PLUS_ONE, 1)).cast(ballot("bob", ZERO, 1));
        assertThat(vote.due(hour(2), ANYBODY)).isFalse();
        Vote all = vote.cast(ballot("carol", ZERO, 1));
        assertThat(all.due(hour(2), ANYBODY)).isTrue();
        assertThat(all.close(hour(2), "rita", ANYBODY).closing().get().outcome())
                .isEqualTo(Outcome.NO_QUORUM);
    }

    @Test
    void aVetoLetsPeopleCloseButDoesNotCloseByItself() {
        Vote vote = vote(DEFAULT).cast(ballot("alice", MINUS_ONE, 1));
        assertThat(vote.due(hour(30), ANYBODY))
                .as("its author may still withdraw it")
                .isFalse();
        assertThat(vote.close(hour(2), "rita", ANYBODY).closing().get().outcome())
                .isEqualTo(Outcome.VETOED);
        for (Optional<Boolean> rule : List.of(DEFAULT, YES)) {
            Vote all = vote(rule)
                    .cast(ballot("alice", MINUS_ONE, 1))
                    .cast(ballot("bob", PLUS_ONE, 1))
                    .cast(ballot("carol", PLUS_ONE, 1));
            assertThat(all.due(hour(47), ANYBODY))
                    .as("everybody has voted, and the veto can be taken back")
                    .isFalse();
            assertThat(all.closesAt(hour(47), ANYBODY)).isEmpty();
            Vote again = all.takeBack("alice", hour(47), Optional.empty());
            assertThat(again.due(hour(47).plus(Duration.ofMinutes(10)), ANYBODY))
                    .as("the quorum is there")
                    .isTrue();
            assertThat(all.due(hour(48), ANYBODY)).isTrue();
        }
    }

    /** "You can change it until it closes" is a promise: the vote does not end under somebody's hands. */
    @Test
    void afterTheDecidingBallotThereIsTimeToChange() {
        Instant second = hour(30);
        Vote vote = vote(DEFAULT).cast(ballot("alice", PLUS_ONE, 1)).cast(ballot("bob", PLUS_ONE, 30));
        assertThat(vote.due(second.plus(Duration.ofMinutes(10)).minusMillis(1), ANYBODY))
                .isFalse();
        assertThat(vote.closesAt(second, ANYBODY)).contains(second.plus(Duration.ofMinutes(10)));
        assertThat(vote.due(second.plus(Duration.ofMinutes(10)), ANYBODY)).isTrue();
        Vote changed = vote.cast(ballot("bob", MINUS_ONE, 30));
        assertThat(changed.due(second.plus(Duration.ofMinutes(11)), ANYBODY)).isFalse();
        assertThat(changed.closesAt(second, ANYBODY)).isEmpty();
    }

    @Test
    void graceEndsWithTheDeadlineAtTheLatest() {
        Vote vote = vote(DEFAULT).cast(ballot("alice", PLUS_ONE, 1)).cast(ballot("bob", PLUS_ONE, 47));
        Instant late = hour(48).minusSeconds(60);
        Vote all = vote.cast(new VoteEvent.Ballot(
                "late", "carol", PLUS_ONE, "", java.util.Map.of(), late, vote.digest(), Optional.empty()));
        assertThat(all.closesAt(late, ANYBODY)).contains(hour(48));
        assertThat(all.due(hour(48), ANYBODY)).isTrue();
    }

    @Test
    void anAdvisingMinusOneHoldsTheDefaultRuleBack() {
        Vote vote = vote(DEFAULT)
                .cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("bob", PLUS_ONE, 1))
                .cast(ballot("dave", MINUS_ONE, 1));
        assertThat(vote.due(hour(30), ANYBODY)).isFalse();
        assertThat(vote.decided(hour(30), ANYBODY)).isTrue();
        assertThat(vote.due(hour(48), ANYBODY)).isTrue();
    }

    @Test
    void aQuorumOutOfReachIsDecided() {
        Vote vote = vote(YES).cast(ballot("alice", ZERO, 1));
        assertThat(vote.decided(hour(2), ANYBODY)).isFalse();
        Vote hopeless = vote.cast(ballot("bob", ZERO, 1));
        assertThat(hopeless.due(hour(2), ANYBODY)).isTrue();
        assertThat(hopeless.close(hour(2), "rita", ANYBODY).closing().get().outcome())
                .isEqualTo(Outcome.NO_QUORUM);
    }

    @Test
    void aPolicyThatForbidsItHoldsToTheDeadline() {
        Vote all = vote(NO).cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("bob", PLUS_ONE, 1))
                .cast(ballot("carol", PLUS_ONE, 1));
        assertThat(all.due(hour(47), ANYBODY)).isFalse();
        assertThatThrownBy(() -> all.close(hour(47), "rita", ANYBODY)).hasMessageContaining("closeEarly: false");
        assertThat(all.close(hour(48), "rita", ANYBODY).closing().get().outcome())
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void nobodyKnowsWhetherAllOfAGroupHaveVoted() {
        Vote vote = Votes.open(policy(List.of("@team"), 2, DEFAULT)).cast(ballot("alice", ZERO, 1));
        assertThat(vote.decided(hour(47), ANYBODY)).isFalse();
        assertThat(vote.tally(ANYBODY).complete()).isFalse();
        assertThat(vote.cast(ballot("bob", PLUS_ONE, 1))
                        .cast(ballot("carol", PLUS_ONE, 1))
                        .due(hour(24), ANYBODY))
                .isTrue();
    }

    @Test
    void whoIsNotEligibleIsNotWaitedFor() {
        Vote vote = vote(DEFAULT).cast(ballot("alice", PLUS_ONE, 1)).cast(ballot("bob", PLUS_ONE, 1));
        assertThat(vote.due(hour(2), ANYBODY)).isFalse();
        assertThat(vote.due(hour(2), voter -> !voter.equals("carol"))).isTrue();
    }

    @Test
    void nothingEndsAnEmptyVoteButTheDeadline() {
        refused(vote(YES), 47);
        assertThat(vote(YES).due(hour(47), voter -> false))
                .as("even with nobody eligible")
                .isTrue();
        assertThat(vote(DEFAULT).due(hour(47), ANYBODY)).isFalse();
        assertThat(vote(DEFAULT).due(hour(48), ANYBODY)).isTrue();
    }

    private static Vote vote(Optional<Boolean> closeEarly) {
        return Votes.open(policy(List.of("alice", "bob", "carol"), 2, closeEarly));
    }

    private static void refused(Vote vote, int hours) {
        assertThatThrownBy(() -> vote.close(hour(hours), "rita", ANYBODY))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("not decided")
                .hasMessageContaining("binding +1");
    }
}
