package io.jenkins.plugins.darwin.vote;

import static io.jenkins.plugins.darwin.vote.Choice.MINUS_ONE;
import static io.jenkins.plugins.darwin.vote.Choice.PLUS_ONE;
import static io.jenkins.plugins.darwin.vote.Vote.ANYBODY;
import static io.jenkins.plugins.darwin.vote.Votes.ballot;
import static io.jenkins.plugins.darwin.vote.Votes.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteMail.Links;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoteMailTest {
    private static final Links LINKS = new Links(
            Optional.of("https://ci.example.org/notes"),
            Optional.of("127.0.0.1:5000/staging/*:1.3.0-RC1"),
            Optional.of("oci://127.0.0.1:5000/staging/rc1/charts/darwin"),
            Optional.empty(),
            Optional.empty());

    @Test
    void theAnnouncementIsThatOfTheProcess() {
        VoteMail mail = VoteMail.announcement("darwin", Votes.open(), LINKS);
        assertThat(mail.subject()).isEqualTo("[VOTE] Darwin v1.3.0-RC1");
        assertThat(mail.body()).isEqualTo("""
                Hi team,

                Darwin v1.3.0-RC1 is ready for validation.

                Release Notes: https://ci.example.org/notes
                Docker Images: 127.0.0.1:5000/staging/*:1.3.0-RC1
                Helm Chart: oci://127.0.0.1:5000/staging/rc1/charts/darwin
                Candidate digest: %s

                Please validate and vote:
                +1 = Approve
                 0 = No opinion
                -1 = Block (must provide reason)

                Voting closes: 2026-01-07 09:00 UTC
                Needed: 2 binding +1 and no binding -1

                Binding voters:
                  alice
                  bob
                  carol

                Please verify:
                  [ ] installation
                  [ ] upgrade
                """.formatted(Votes.DIGEST));
    }

    @Test
    void theResultListsWhoVotedWhat() {
        Vote vote = Votes.open()
                .cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("2", "carol", MINUS_ONE, 2, Map.of("upgrade", CheckMark.FAILED)))
                .cast(ballot("dave", PLUS_ONE, 3))
                .close(hour(4), "rita", ANYBODY);
        VoteMail mail = VoteMail.result("darwin", vote);
        assertThat(mail.subject()).isEqualTo("[RESULT] [VOTE] Darwin v1.3.0-RC1");
        assertThat(mail.body()).isEqualTo("""
                Hi team,

                The vote on Darwin v1.3.0-RC1 was vetoed.

                Candidate digest: %s
                Closed: 2026-01-05 13:00 UTC
                Binding: 1 x +1, 0 x 0, 1 x -1 (quorum 2)
                Non-binding: 1 x +1, 0 x 0, 0 x -1

                Binding votes:
                  +1 alice
                  -1 carol: the scheduler crashes (failed: upgrade)

                Non-binding votes:
                  +1 dave

                Did not vote:
                  bob

                Nobody has tried:
                  installation
                """.formatted(Votes.DIGEST));
        assertThatThrownBy(() -> VoteMail.result("darwin", Votes.open())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOverrideIsNamedAsOne() {
        Vote vote =
                Votes.open().cast(ballot("alice", MINUS_ONE, 1)).override(hour(2), "root", "agreed by phone", ANYBODY);
        assertThat(VoteMail.result("darwin", vote).body())
                .contains("was overridden.\n\nOverridden by root: agreed by phone")
                .contains("0 x +1, 0 x 0, 1 x -1");
    }

    @Test
    void noVoterCanForgeALineOrAHeader() {
        Ballot forged = new Ballot(
                "1",
                "carol",
                MINUS_ONE,
                "does not start\n  +1 alice",
                Map.of(),
                hour(1),
                Votes.DIGEST,
                Optional.empty());
        String body = VoteMail.result("darwin", Votes.open().cast(forged).close(hour(48), "rita", ANYBODY))
                .body();
        assertThat(body.lines()).contains("    >   +1 alice").doesNotContain("  +1 alice");
        assertThat(VoteMail.announcement("dar\r\nBcc: x@example.org", Votes.open(), LINKS)
                        .subject())
                .doesNotContain("\r")
                .doesNotContain("\n");
    }

    @Test
    void aReminderSaysWhatIsMissing() {
        Vote vote = Votes.open().cast(ballot("1", "alice", PLUS_ONE, 1, Map.of("installation", CheckMark.PASSED)));
        VoteMail mail = VoteMail.reminder("darwin", vote, Links.none(), ANYBODY);
        assertThat(mail.subject()).isEqualTo("[REMINDER] [VOTE] Darwin v1.3.0-RC1");
        assertThat(mail.body())
                .contains("1 of 2 binding +1")
                .contains("not voted: bob, carol")
                .contains("Nobody has tried: upgrade.");
    }
}
