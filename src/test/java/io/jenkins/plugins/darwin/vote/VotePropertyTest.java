package io.jenkins.plugins.darwin.vote;

import static io.jenkins.plugins.darwin.vote.Vote.ANYBODY;
import static io.jenkins.plugins.darwin.vote.Votes.hour;
import static io.jenkins.plugins.darwin.vote.Votes.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.BallotWithdrawal;
import io.jenkins.plugins.darwin.vote.VoteEvent.Extension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold whatever people do in whatever order; a failure names its seed. */
class VotePropertyTest {
    private static final List<String> VOTERS = List.of("alice", "bob", "carol", "dave");
    private static final List<String> PEOPLE = List.of("alice", "bob", "carol", "dave", "erin", "frank");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomSequencesKeepTheRules(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            Vote vote = Votes.open(policy(
                    random.nextInt(4) == 0 ? List.of() : VOTERS,
                    1 + random.nextInt(4),
                    List.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false))
                            .get(random.nextInt(3))));
            Map<String, Choice> model = new HashMap<>();
            int counted = 0;
            for (int step = 0; step < 25; step++) {
                int hours = random.nextInt(60);
                String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
                Vote before = vote;
                try {
                    if (random.nextInt(5) > 0) {
                        Ballot ballot = Votes.ballot(
                                "b" + random.nextInt(60), person, Choice.values()[random.nextInt(3)], hours, Map.of());
                        vote = vote.cast(ballot);
                        if (vote != before) {
                            counted++;
                            model.put(person, ballot.choice());
                            assertThat(hour(hours)).isBefore(before.deadline());
                        }
                    } else if (random.nextBoolean() && !vote.ballots().isEmpty()) {
                        Ballot any =
                                vote.ballots().get(random.nextInt(vote.ballots().size()));
                        vote = vote.withdrawBallot(Votes.back(any, person, hours));
                        if (vote != before) {
                            assertThat(any.voter()).isEqualTo(person);
                            model.remove(person);
                        }
                    } else {
                        vote = vote.extend(
                                new Extension(hour(40 + random.nextInt(40)), Votes.REASON, "rita", hour(hours)),
                                ANYBODY);
                        assertThat(vote.deadline()).isAfter(before.deadline());
                    }
                } catch (ReleaseException refused) {
                    assertThat(vote).isSameAs(before);
                }
                assertThat(vote.events().subList(0, before.events().size()))
                        .as("nothing is lost or changed")
                        .isEqualTo(before.events());
            }
            assertThat(vote.ballots()).hasSize(counted);
            assertThat(choices(vote)).isEqualTo(model);
            assertOutcome(vote, model);
            assertOrderOfVotersIsNothing(vote, random);
        }
    }

    /** The rule of the vote, said again in the plainest way. */
    private static void assertOutcome(Vote vote, Map<String, Choice> model) {
        List<String> voters = vote.policy().voters();
        List<Choice> binding = model.entrySet().stream()
                .filter(e -> voters.isEmpty() || voters.contains(e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        Vote closed = vote.close(vote.deadline(), "rita", ANYBODY);
        Outcome expected = binding.isEmpty()
                ? Outcome.EXPIRED
                : binding.contains(Choice.MINUS_ONE)
                        ? Outcome.VETOED
                        : Collections.frequency(binding, Choice.PLUS_ONE)
                                        >= vote.policy().quorum()
                                ? Outcome.PASSED
                                : Outcome.NO_QUORUM;
        assertThat(closed.closing().get().outcome()).isEqualTo(expected);
        assertThat(VoteRecord.parse(new VoteRecord("darwin", closed).toJson()).vote())
                .isEqualTo(closed);
        assertThat(vote.due(vote.deadline(), ANYBODY)).isTrue();
    }

    /** Moves events of different voters past each other, each voter's own order kept. */
    private static void assertOrderOfVotersIsNothing(Vote vote, Random random) {
        Map<String, List<VoteEvent>> queues = vote.events().stream()
                .filter(e -> !(e instanceof Extension))
                .collect(Collectors.groupingBy(VotePropertyTest::person, Collectors.toCollection(ArrayList::new)));
        Vote shuffled = new Vote(
                vote.candidate(),
                vote.digest(),
                vote.policy(),
                vote.opened(),
                vote.deadline(),
                vote.openedBy(),
                List.of());
        while (!queues.isEmpty()) {
            List<String> left = new ArrayList<>(queues.keySet());
            String next = left.get(random.nextInt(left.size()));
            shuffled = shuffled.replay(queues.get(next).remove(0));
            queues.values().removeIf(List::isEmpty);
        }
        assertThat(choices(shuffled)).isEqualTo(choices(vote));
        assertThat(shuffled.tally(ANYBODY).outcome())
                .isEqualTo(vote.tally(ANYBODY).outcome());
    }

    private static String person(VoteEvent event) {
        return event instanceof Ballot ballot ? ballot.voter() : ((BallotWithdrawal) event).by();
    }

    private static Map<String, Choice> choices(Vote vote) {
        return vote.counting().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().choice()));
    }
}
