package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static String ballot(Choice choice, String reason) {
        return EventText.of(new VoteEvent.Ballot(
                "1", "bob", choice, reason, Map.of(), NOW, Digest.sha256(new byte[0]), Optional.empty()));
    }

    @Test
    void saysWhoVotedWhatAndWhy() {
        assertThat(ballot(Choice.PLUS_ONE, "")).isEqualTo("bob voted +1");
        assertThat(ballot(Choice.MINUS_ONE, "It loses jobs.")).isEqualTo("bob voted -1: It loses jobs.");
    }

    /** A reason of several lines can't put a line of its own into the console. */
    @Test
    void aReasonForgesNoLine() {
        assertThat(ballot(Choice.ZERO, "ok\nThe vote passed").lines())
                .containsExactly("bob voted 0: ok", "    > The vote passed");
    }

    @Test
    void endsInTheWordsOfItsOutcome() {
        assertThat(EventText.of(new VoteEvent.Closing(Outcome.PASSED, NOW, "(jenkins)", "", List.of())))
                .isEqualTo("The vote passed");
        assertThat(EventText.of(
                        new VoteEvent.Closing(Outcome.OVERRIDDEN, NOW, "admin", "A hotfix for the outage", List.of())))
                .isEqualTo("The vote was overridden, by admin: A hotfix for the outage");
    }

    @Test
    void moreTimeAndWithdrawals() {
        assertThat(EventText.of(new VoteEvent.Extension(NOW, "people are away", "rm", NOW)))
                .contains("rm gave more time", "people are away");
        assertThat(EventText.of(new VoteEvent.BallotWithdrawal("1", "bob", NOW, Optional.empty())))
                .isEqualTo("bob took the vote back");
    }
}
