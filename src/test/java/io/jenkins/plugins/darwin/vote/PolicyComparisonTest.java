package io.jenkins.plugins.darwin.vote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stricter passes, weaker is named: in every field that decides. */
class PolicyComparisonTest {
    private static final VotePolicy TRUNK = policy(List.of("alice", "bob", "carol"), 2, 48, 24, Optional.empty());

    private static VotePolicy policy(
            List<String> voters, int quorum, int hours, int minHours, Optional<Boolean> closeEarly) {
        return new VotePolicy(voters, List.of(), quorum, hours, minHours, closeEarly, List.of("installation"));
    }

    private static List<String> weaker(VotePolicy held) {
        return PolicyComparison.weaker(held, TRUNK);
    }

    @Test
    void theSameIsNotWeaker() {
        assertThat(weaker(TRUNK)).isEmpty();
        assertThat(weaker(policy(List.of("Carol", "BOB", "alice"), 2, 48, 24, Optional.empty())))
                .isEmpty();
    }

    @Test
    void stricterIsNotWeaker() {
        assertThat(weaker(policy(List.of("alice", "bob", "carol"), 3, 72, 48, Optional.of(false))))
                .isEmpty();
    }

    @Test
    void everyFieldThatDecidesIsHeldAgainstTrunks() {
        assertThat(weaker(policy(TRUNK.voters(), 1, 48, 24, Optional.empty()))).containsExactly("quorum 1, expected 2");
        assertThat(weaker(policy(TRUNK.voters(), 2, 24, 24, Optional.empty())))
                .containsExactly("hours 24, expected 48");
        assertThat(weaker(policy(TRUNK.voters(), 2, 48, 0, Optional.empty())))
                .containsExactly("minHours 0, expected 24");
        assertThat(weaker(policy(TRUNK.voters(), 2, 48, 24, Optional.of(true))))
                .containsExactly("closeEarly true, expected by the default rule");
        assertThat(PolicyComparison.weaker(
                        new VotePolicy(TRUNK.voters(), List.of(), 2, 48, 24, Optional.empty(), List.of("upgrade")),
                        TRUNK))
                .containsExactly("a checklist without installation");
    }

    @Test
    void otherVotersAreWeakerInEitherDirection() {
        assertThat(weaker(policy(List.of("alice", "bob", "carol", "mallory"), 2, 48, 24, Optional.empty())))
                .containsExactly("voters alice, bob, carol, mallory, expected alice, bob, carol");
        assertThat(weaker(policy(List.of("alice", "bob"), 2, 48, 24, Optional.empty())))
                .as("carol could have said no")
                .hasSize(1);
        assertThat(weaker(policy(List.of(), 2, 48, 24, Optional.empty())))
                .containsExactly("voters everybody, expected alice, bob, carol");
    }

    @Test
    void namingVotersWhereTrunkNamesNobodyIsStricter() {
        VotePolicy anybody = policy(List.of(), 2, 48, 24, Optional.empty());
        assertThat(PolicyComparison.weaker(TRUNK, anybody)).isEmpty();
    }

    /** The policy may say 48 hours while the vote was opened for one. */
    @Test
    void theTimeThatAVoteWasOpenCounts() {
        Vote shorter = Vote.open(Votes.RC1, Votes.DIGEST, TRUNK, Votes.START, Votes.hour(1), "rita");
        assertThat(PolicyComparison.weaker(shorter, TRUNK)).containsExactly("it was open for 1 hours, expected 48");
        assertThat(PolicyComparison.weaker(shorter.extend(Votes.until(48, 1), Vote.ANYBODY), TRUNK))
                .isEmpty();
    }
}
