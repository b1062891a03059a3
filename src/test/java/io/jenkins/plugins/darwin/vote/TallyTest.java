package io.jenkins.plugins.darwin.vote;

import static io.jenkins.plugins.darwin.vote.Choice.MINUS_ONE;
import static io.jenkins.plugins.darwin.vote.Choice.PLUS_ONE;
import static io.jenkins.plugins.darwin.vote.Vote.ANYBODY;
import static io.jenkins.plugins.darwin.vote.Votes.ballot;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void itCountsBindingAndAdvisingApart() {
        Tally tally = Votes.open()
                .cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("dave", PLUS_ONE, 1))
                .cast(ballot("erin", MINUS_ONE, 1))
                .tally(ANYBODY);
        assertThat(tally.binding()).isEqualTo(new Tally.Count(1, 0, 0));
        assertThat(tally.advising()).isEqualTo(new Tally.Count(1, 0, 1));
        assertThat(tally.notVoted()).containsExactly("bob", "carol");
        assertThat(tally.summary()).isEqualTo("1 of 2 binding +1, 0 binding -1, not voted: bob, carol");
    }

    @Test
    void anItemIsTriedWhenSomebodySaysHowItWent() {
        Vote vote = Votes.open()
                .cast(ballot("1", "alice", PLUS_ONE, 1, Map.of("installation", CheckMark.NOT_RUN)))
                .cast(ballot("2", "dave", PLUS_ONE, 1, Map.of("upgrade", CheckMark.FAILED)));
        assertThat(vote.tally(ANYBODY).untried()).containsExactly("installation");
        assertThat(vote.tally(ANYBODY).coverage()).containsEntry("upgrade", new Tally.Coverage(0, 1));
        Vote changed = vote.cast(ballot("3", "alice", PLUS_ONE, 2, Map.of("installation", CheckMark.PASSED)));
        assertThat(changed.tally(ANYBODY).untried()).isEmpty();
        assertThat(changed.cast(ballot("4", "alice", PLUS_ONE, 3, Map.of()))
                        .tally(ANYBODY)
                        .untried())
                .as("marks of a changed ballot no longer count")
                .containsExactly("installation");
    }
}
