package io.jenkins.plugins.darwin.vote;

import static io.jenkins.plugins.darwin.vote.Votes.ballot;
import static io.jenkins.plugins.darwin.vote.Votes.hour;
import static io.jenkins.plugins.darwin.vote.Votes.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import org.junit.jupiter.api.Test;

/** A vote that ended for want of votes goes on with its ballots; one that was decided does not. */
class MoreTimeTest {
    private static Vote closed() {
        return Votes.open().cast(ballot("alice", Choice.PLUS_ONE, 1)).close(hour(49), "rita", Vote.ANYBODY);
    }

    @Test
    void aVoteWithoutQuorumGoesOnWithItsBallots() {
        assertThat(closed().closing().orElseThrow().outcome()).isEqualTo(Outcome.NO_QUORUM);
        Vote longer = closed().extend(until(72, 50), Vote.ANYBODY);
        assertThat(longer.closing()).isEmpty();
        assertThat(longer.isOpen(hour(51))).isTrue();
        Vote passed = longer.cast(ballot("bob", Choice.PLUS_ONE, 51)).close(hour(73), "rita", Vote.ANYBODY);
        assertThat(passed.closing().orElseThrow().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(passed.counting()).containsOnlyKeys("alice", "bob");
    }

    @Test
    void theRecordTellsTheWholeStoryAndIsReadAgain() {
        Vote passed = closed().extend(until(72, 50), Vote.ANYBODY)
                .cast(ballot("bob", Choice.PLUS_ONE, 51))
                .close(hour(73), "rita", Vote.ANYBODY);
        VoteRecord record = VoteRecord.parse(new VoteRecord("darwin", passed).toJson());
        assertThat(record.vote()).isEqualTo(passed);
        assertThat(record.outcome()).contains(Outcome.PASSED);
        assertThat(passed.continues(closed())).isFalse(); // another ballot ID: another story
        assertThat(record.vote().continues(passed)).isTrue();
    }

    @Test
    void aVoteThatNobodyCastGoesOnToo() {
        Vote expired = Votes.open().close(hour(48), "rita", Vote.ANYBODY);
        assertThat(expired.closing().orElseThrow().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(expired.extend(until(72, 50), Vote.ANYBODY).isOpen(hour(60))).isTrue();
    }

    @Test
    void aDecidedVoteStaysDecided() {
        Vote open = Votes.open();
        Vote vetoed = open.cast(ballot("bob", Choice.MINUS_ONE, 1)).close(hour(48), "rita", Vote.ANYBODY);
        Vote withdrawn = open.withdraw(hour(2), "rita", "the build was wrong", Vote.ANYBODY);
        Vote overridden = open.override(hour(2), "root", "an urgent security fix", Vote.ANYBODY);
        for (Vote decided : new Vote[] {vetoed, withdrawn, overridden}) {
            assertThatThrownBy(() -> decided.extend(until(72, 50), Vote.ANYBODY))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("was closed at");
        }
    }

    @Test
    void noBallotAfterTheEndWithoutMoreTime() {
        assertThatThrownBy(() -> closed().cast(ballot("bob", Choice.PLUS_ONE, 50)))
                .hasMessageContaining("was closed at");
        assertThatThrownBy(() -> Votes.open().cast(ballot("bob", Choice.PLUS_ONE, 48)))
                .hasMessageContaining("ended at");
    }

    @Test
    void theReleaseManagerTakesABallotBackForItsVoter() {
        Vote vote = Votes.open().cast(ballot("alice", Choice.MINUS_ONE, 1));
        Vote back = vote.takeBack("Alice", hour(2), java.util.Optional.of("rita@example.org"));
        assertThat(back.counting()).isEmpty();
        assertThatThrownBy(() -> back.takeBack("alice", hour(3), java.util.Optional.empty()))
                .hasMessageContaining("no ballot of alice");
    }
}
