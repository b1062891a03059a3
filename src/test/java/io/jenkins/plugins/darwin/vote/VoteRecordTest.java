package io.jenkins.plugins.darwin.vote;

import static io.jenkins.plugins.darwin.vote.Choice.MINUS_ONE;
import static io.jenkins.plugins.darwin.vote.Choice.PLUS_ONE;
import static io.jenkins.plugins.darwin.vote.Vote.ANYBODY;
import static io.jenkins.plugins.darwin.vote.Votes.ballot;
import static io.jenkins.plugins.darwin.vote.Votes.hour;
import static io.jenkins.plugins.darwin.vote.Votes.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoteRecordTest {
    @Test
    void itReadsBackWhatItWrote() {
        VoteRecord record = new VoteRecord("darwin", everything());
        VoteRecord read = VoteRecord.parse(record.toJson());
        assertThat(read).isEqualTo(record);
        assertThat(read.outcome()).contains(Outcome.PASSED);
        VoteRecord running = new VoteRecord("darwin", Votes.open().cast(ballot("alice", PLUS_ONE, 1)));
        assertThat(VoteRecord.parse(running.toJson())).isEqualTo(running);
        assertThat(running.outcome()).isEmpty();
    }

    @Test
    void oneVoteHasOneText() {
        Vote vote = Votes.open(policy(List.of("alice"), 1, Optional.empty()))
                .cast(ballot(
                        "1",
                        "alice",
                        PLUS_ONE,
                        1,
                        Map.of("upgrade", CheckMark.PASSED, "installation", CheckMark.FAILED)))
                .close(hour(2), "rita", ANYBODY);
        assertThat(text(vote)).isEqualTo("""
                {
                  "schemaVersion" : 1,
                  "project" : "darwin",
                  "candidate" : "1.3.0-RC1",
                  "digest" : "%1$s",
                  "outcome" : "PASSED",
                  "tally" : {
                    "quorum" : 1,
                    "binding" : {
                      "plusOne" : 1,
                      "zero" : 0,
                      "minusOne" : 0
                    },
                    "advising" : {
                      "plusOne" : 0,
                      "zero" : 0,
                      "minusOne" : 0
                    },
                    "notVoted" : [ ],
                    "untried" : [ ]
                  },
                  "policy" : {
                    "voters" : [
                      "alice"
                    ],
                    "advisers" : [ ],
                    "quorum" : 1,
                    "hours" : 48,
                    "minHours" : 24,
                    "graceMinutes" : 10,
                    "checklist" : [
                      "installation",
                      "upgrade"
                    ]
                  },
                  "opened" : "2026-01-05T09:00:00Z",
                  "openedBy" : "rita",
                  "deadline" : "2026-01-07T09:00:00Z",
                  "events" : [
                    {
                      "type" : "ballot",
                      "id" : "1",
                      "voter" : "alice",
                      "choice" : "+1",
                      "reason" : "",
                      "checks" : {
                        "installation" : "FAILED",
                        "upgrade" : "PASSED"
                      },
                      "at" : "2026-01-05T10:00:00Z",
                      "digest" : "%1$s",
                      "came" : "session of Jenkins"
                    },
                    {
                      "type" : "closing",
                      "outcome" : "PASSED",
                      "at" : "2026-01-05T11:00:00Z",
                      "by" : "rita",
                      "reason" : "",
                      "electorate" : [
                        "alice"
                      ]
                    }
                  ]
                }
                """.formatted(Votes.DIGEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"outcome\" : \"VETOED\"|\"outcome\" : \"PASSED\"|not what its ballots give",
                "\"minusOne\" : 1|\"minusOne\" : 0|not what its ballots give",
                "\"choice\" : \"-1\"|\"choice\" : \"+1\"|does not follow",
                "\"quorum\" : 2|\"quorum\" : 3|not what its ballots give",
                "\"at\" : \"2026-01-05T12:00:00Z\"|\"at\" : \"2026-01-09T12:00:00Z\"|ended at",
                "\"voter\" : \"carol\"|\"voter\" : \"mallory\"|not decided",
                "\"schemaVersion\" : 1|\"schemaVersion\" : 2|another version",
                "\"project\"|\"comment\" : 1, \"project\"|not what its ballots give",
                "the scheduler crashes|fine|at least 10 characters"
            })
    void aRecordThatIsNotTrueToItsBallotsIsRefused(String from, String to, String says) {
        Vote vote = Votes.open()
                .cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("bob", PLUS_ONE, 2))
                .cast(ballot("carol", MINUS_ONE, 3))
                .close(hour(4), "rita", ANYBODY);
        int first = text(vote).indexOf(from);
        refused(text(vote).substring(0, first) + to + text(vote).substring(first + from.length()), says);
    }

    @Test
    void aVetoCannotBeLeftOut() {
        Vote vote = Votes.open()
                .cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("bob", PLUS_ONE, 2))
                .cast(ballot("carol", MINUS_ONE, 3))
                .close(hour(48), "rita", ANYBODY);
        String forged = text(vote)
                .replace(
                        "\"electorate\" : [\n        \"alice\",\n        \"bob\",\n        \"carol\"",
                        "\"electorate\" : [\n        \"alice\",\n        \"bob\"");
        assertThat(forged).isNotEqualTo(text(vote));
        refused(forged, "does not follow");
    }

    @Test
    void anEarlyEndThatThePolicyForbadeIsRefused() {
        Vote vote = Votes.open()
                .cast(ballot("alice", PLUS_ONE, 1))
                .cast(ballot("bob", PLUS_ONE, 2))
                .close(hour(24), "rita", ANYBODY);
        refused(text(vote).replace("2026-01-06T09:00:00Z", "2026-01-06T08:00:00Z"), "not decided");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"schemaVersion\":1}",
                "{\"schemaVersion\":1,\"schemaVersion\":1}",
                "\u0000",
                "{} {}"
            })
    void garbageIsRefused(String garbage) {
        refused(garbage, "vote record");
    }

    @Test
    void onlyAPassedVoteOnThisDigestLetsACandidatePass() {
        VoteRecord passed = new VoteRecord("darwin", everything());
        passed.requirePassed(Votes.DIGEST);
        assertThatThrownBy(() -> passed.requirePassed(Votes.OTHER))
                .hasMessageContaining("belongs to another candidate");
        VoteRecord open = new VoteRecord("darwin", Votes.open());
        assertThatThrownBy(() -> open.requirePassed(Votes.DIGEST))
                .hasMessageContaining("still open until 2026-01-07 09:00 UTC");
        VoteRecord expired = new VoteRecord("darwin", Votes.open().close(hour(48), "rita", ANYBODY));
        assertThatThrownBy(() -> expired.requirePassed(Votes.DIGEST))
                .hasMessageContaining("expired")
                .matches(e -> ((ReleaseException) e).kind() == ReleaseException.Kind.REFUSED);
        new VoteRecord("darwin", Votes.open().override(hour(1), "root", Votes.REASON, ANYBODY))
                .requirePassed(Votes.DIGEST);
    }

    @Test
    void aJournalOfLinesGivesTheVoteBack() {
        Vote vote = everything();
        List<String> journal = new ArrayList<>();
        vote.events().forEach(event -> journal.add(VoteJson.line(event)));
        Vote again = Votes.open();
        for (String line : journal) {
            assertThat(line).doesNotContain("\n");
            again = again.replay(VoteJson.event(line));
        }
        assertThat(again).isEqualTo(vote);
        assertThatThrownBy(() -> VoteJson.event(journal.get(0).substring(5))).isInstanceOf(ReleaseException.class);
        assertThatThrownBy(() -> VoteJson.event("{\"type\":\"party\"}")).isInstanceOf(ReleaseException.class);
    }

    /** Something of every kind, with times and text that are hard to keep. */
    private static Vote everything() {
        Ballot veto = ballot("carol", MINUS_ONE, 3);
        Ballot odd = new Ballot(
                "msg-1@mail.example.org",
                "Ólaf Önnur",
                PLUS_ONE,
                "two\nlines, \"quotes\" \u200D \uD83D\uDE00",
                Map.of(),
                Instant.parse("2026-01-05T10:00:00.123456789Z"),
                Votes.DIGEST,
                Optional.of("rita"));
        return Votes.open()
                .cast(ballot("alice", PLUS_ONE, 1))
                .cast(odd)
                .cast(veto)
                .withdrawBallot(Votes.back(veto, "carol", 4))
                .extend(Votes.until(72, 5), ANYBODY)
                .cast(ballot("bob", PLUS_ONE, 6))
                .close(hour(72), "rita", ANYBODY);
    }

    private static String text(Vote vote) {
        return new String(new VoteRecord("darwin", vote).toJson(), StandardCharsets.UTF_8);
    }

    private static void refused(String json, String says) {
        assertThatThrownBy(() -> VoteRecord.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(says)
                .matches(e -> ((ReleaseException) e).kind() == ReleaseException.Kind.REFUSED);
    }

    /** What each voter tried, and who wrote a ballot down for another, are part of the evidence. */
    @Test
    void marksAndRecordersAreReadBack() {
        Ballot ballot = new Ballot(
                "b-1",
                "alice",
                PLUS_ONE,
                "",
                Map.of("upgrade", CheckMark.FAILED, "installation", CheckMark.PASSED),
                hour(1),
                Votes.DIGEST,
                Optional.of("rita"));
        VoteEvent.BallotWithdrawal back = new VoteEvent.BallotWithdrawal("b-1", "alice", hour(2), Optional.of("rolf"));
        Vote read = VoteRecord.parse(
                        new VoteRecord("darwin", Votes.open().cast(ballot).withdrawBallot(back)).toJson())
                .vote();
        assertThat(read.events()).containsExactly(ballot, back);
    }
}
