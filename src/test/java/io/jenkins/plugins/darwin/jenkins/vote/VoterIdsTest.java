package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoterIdsTest {
    @Test
    void whereCaseIsNothingAliceIsOnePerson() {
        assertThat(VoterIds.ofUser("Alice", false))
                .isEqualTo(VoterIds.ofUser("alice", false))
                .isEqualTo("alice");
    }

    /** In a realm that tells them apart, Alice must not be able to change alice's vote: the record has lower case only. */
    @Test
    void whereCaseMattersNoTwoPeopleShareAName() {
        List<String> people =
                List.of("alice", "Alice", "ALICE", "^alice", "a^Lice", "^^a", "^A", "bob.Smith@Example.org");
        List<String> keys = people.stream().map(id -> VoterIds.ofUser(id, true)).toList();
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> recorded(key).equals(key));
        assertThat(keys.stream().map(key -> VoterIds.toUser(key, true))).isEqualTo(people);
    }

    /** The name as the vote's record keeps it. */
    private static String recorded(String voter) {
        return new VoteEvent.Ballot(
                        "1",
                        voter,
                        Choice.ZERO,
                        "",
                        Map.of(),
                        Instant.EPOCH,
                        Digest.sha256(new byte[0]),
                        Optional.empty())
                .voter();
    }

    @Test
    void groupsStayAsTheyAre() {
        assertThat(VoterIds.entry("@Release-Managers")).isEqualTo("@Release-Managers");
    }
}
