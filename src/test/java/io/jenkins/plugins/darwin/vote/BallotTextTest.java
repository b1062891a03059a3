package io.jenkins.plugins.darwin.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be read in one way is a ballot; everything else is none. */
class BallotTextTest {
    private static final String DIGEST = "Digest: " + Votes.DIGEST + "\n";

    @Test
    void readsTheLinesThatTheAnnouncementAsksFor() {
        BallotText ballot = BallotText.parse(
                "Hi,\n\nVote: -1\n" + DIGEST
                        + "Reason: it crashes\nwhen the database is away\n[x] installation\n[-] upgrade\n\n-- \nAlice, +1 555 0100\n");
        assertThat(ballot.choice()).isEqualTo(Choice.MINUS_ONE);
        assertThat(ballot.digest()).isEqualTo(Votes.DIGEST);
        assertThat(ballot.reason()).isEqualTo("it crashes\nwhen the database is away");
        assertThat(ballot.checks())
                .containsEntry("installation", CheckMark.PASSED)
                .containsEntry("upgrade", CheckMark.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "+1 (binding)", "Vote: +1", "vote : +1", "+1, works on my cluster", "  +1"})
    void readsAPlainVote(String line) {
        assertThat(BallotText.parse(line + "\n" + DIGEST).choice()).isEqualTo(Choice.PLUS_ONE);
    }

    @Test
    void quotedLinesAndTheAnnouncementsLegendAreNotTheVoters() {
        BallotText ballot = BallotText.parse("0\n> +1\n> Digest: " + Votes.OTHER
                + "\n+1 = Approve\n 0 = No opinion\n-1 = Block (must provide reason)\n" + DIGEST);
        assertThat(ballot.choice()).isEqualTo(Choice.ZERO);
        assertThat(ballot.digest()).isEqualTo(Votes.DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+1\n-1", "Vote: +1\nVote: 0", "Vote: yes", "+2", "+10", "0.5 of it works", "> +1"})
    void whatIsNotExactlyOneVoteIsRefused(String lines) {
        assertThatThrownBy(() -> BallotText.parse(lines + "\n" + DIGEST)).isInstanceOf(ReleaseException.class);
    }

    @Test
    void whatIsNotExactlyOneDigestIsRefused() {
        assertThatThrownBy(() -> BallotText.parse("+1\n")).hasMessageContaining("candidate digest");
        assertThatThrownBy(() -> BallotText.parse("+1\n" + DIGEST + "Digest: " + Votes.OTHER))
                .hasMessageContaining("2 different ones");
        assertThatThrownBy(() -> BallotText.parse("+1\nDigest: " + Votes.DIGEST + "0"))
                .hasMessageContaining("found none");
    }
}
