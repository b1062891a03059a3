package io.jenkins.plugins.darwin.vote;

import static io.jenkins.plugins.darwin.vote.Votes.ballot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a vote takes in is bounded when it comes in, so that what we write can always be read. */
class VoteLimitsTest {
    private static final VotePolicy ANYBODY =
            new VotePolicy(List.of(), List.of(), 2, 48, 0, Optional.of(false), List.of("installation"));

    @Test
    void aVoterChangesFiftyTimesAndNoMore() {
        Vote vote = Votes.open();
        for (int i = 0; i < VoteLimits.MOST_CHANGES; i++) {
            vote = vote.cast(ballot("alice", i % 2 == 0 ? Choice.PLUS_ONE : Choice.MINUS_ONE, 1));
        }
        Vote full = vote;
        assertThatThrownBy(() -> full.cast(ballot("alice", Choice.PLUS_ONE, 2)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("changed 50 times: expected at most 50");
        assertThat(full.cast(ballot("bob", Choice.PLUS_ONE, 2)).counting()).containsKey("bob");
    }

    @Test
    void takingBackIsAChangeToo() {
        Vote vote = Votes.open();
        for (int i = 0; i < VoteLimits.MOST_CHANGES / 2; i++) {
            Ballot ballot = ballot("alice", Choice.PLUS_ONE, 1);
            vote = vote.cast(ballot).withdrawBallot(Votes.back(ballot, "alice", 1));
        }
        Vote full = vote;
        assertThatThrownBy(() -> full.cast(ballot("alice", Choice.PLUS_ONE, 2))).isInstanceOf(ReleaseException.class);
    }

    @Test
    void aBallotSentAgainIsNoChange() {
        Vote vote = Votes.open();
        Ballot last = null;
        for (int i = 0; i < VoteLimits.MOST_CHANGES; i++) {
            last = ballot("alice", Choice.PLUS_ONE, 1);
            vote = vote.cast(last);
        }
        assertThat(vote.cast(last)).isSameAs(vote);
    }

    @Test
    void theRecordOfAFullVoteIsReadAgainAndNotLargerThanSaid() {
        Vote vote = Votes.open(ANYBODY);
        String reason = "\"\\\n\u4e16\ud83d\ude00".repeat(600);
        ReleaseException full = null;
        for (int i = 0; i < 5_000 && full == null; i++) {
            try {
                vote = vote.cast(new Ballot(
                        "b" + i,
                        "voter-" + i / VoteLimits.MOST_CHANGES,
                        Choice.ZERO,
                        reason,
                        Map.of("installation", CheckMark.PASSED),
                        Votes.hour(1),
                        Votes.DIGEST,
                        Optional.empty()));
            } catch (ReleaseException e) {
                full = e;
            }
        }
        assertThat(full).isNotNull().hasMessageContaining("is full: expected at most 4194304 bytes");
        byte[] json = new VoteRecord("darwin", vote).toJson();
        assertThat(json.length).isBetween(VoteLimits.LARGEST_VOTE / 2, VoteLimits.LARGEST_VOTE);
        assertThat(VoteRecord.parse(json).vote()).isEqualTo(vote);
    }

    /** A journal or a record of before the limit is still read. */
    @Test
    void whatWasCountedOnceIsReplayed() {
        Vote vote = Votes.open();
        for (int i = 0; i < VoteLimits.MOST_CHANGES + 5; i++) {
            vote = vote.replay(ballot("alice", Choice.PLUS_ONE, 1));
        }
        assertThat(vote.ballots()).hasSize(VoteLimits.MOST_CHANGES + 5);
    }
}
