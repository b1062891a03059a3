package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.TaskListener;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.StepClock;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A vote ends at one moment of wall-clock time, once, whatever is done to the clock and whoever clicks at that moment. */
@WithJenkins
class GateClockTest {
    private static final String POLICY =
            "version: '1.3.0', voters: ['alice', 'bob', 'carol'], quorum: 2, hours: 48, minHours: 24";

    @TempDir
    Path temp;

    private VoteSite votes;
    private StepClock clock;

    @BeforeEach
    void start() throws Exception {
        votes = VoteSite.start(temp);
        clock = votes.site().project().clock();
        clock.set(Instant.now());
    }

    @AfterEach
    void stop() {
        votes.close();
    }

    @Test
    void aJumpOverTheDeadlineClosesItOnceAndAJumpBackOpensNothing(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        VoteGate gate = VoteSite.beside(build, clock);
        GateSchedule schedule = new GateSchedule(gate);
        VoteSite.count(gate, "alice", Choice.PLUS_ONE);
        Instant deadline = gate.vote().deadline();
        clock.set(deadline.plus(Duration.ofDays(400)));
        schedule.advance(build, TaskListener.NULL);
        assertThat(gate.vote().closing().orElseThrow().outcome()).isEqualTo(Outcome.NO_QUORUM);
        clock.set(deadline.minus(Duration.ofHours(30)));
        schedule.advance(build, TaskListener.NULL);
        assertThatThrownBy(() -> VoteSite.count(gate, "bob", Choice.PLUS_ONE))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("was closed");
        assertThat(gate.vote().deadline()).isEqualTo(deadline);
        assertThat(closings(gate)).hasSize(1);
        assertThat(new VoteGate(build, gate.getId(), clock).vote())
                .as("what a restart reads")
                .isEqualTo(gate.vote());
        build.doKill();
    }

    /** By the old time the shortest time was over before the quorum was there; by the new one it is not. */
    @Test
    void aJumpBackMovesNoMoment(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        VoteGate gate = VoteSite.beside(build, clock);
        Instant opened = gate.vote().opened();
        Instant deadline = gate.vote().deadline();
        GateSchedule schedule = new GateSchedule(gate);
        clock.set(opened.plus(Duration.ofHours(30)));
        schedule.advance(build, TaskListener.NULL);
        clock.set(opened.minus(Duration.ofDays(3)));
        VoteSite.count(gate, "alice", Choice.PLUS_ONE);
        VoteSite.count(gate, "bob", Choice.PLUS_ONE);
        schedule.advance(build, TaskListener.NULL);
        assertThat(gate.vote().closing()).isEmpty();
        assertThat(gate.vote().deadline()).isEqualTo(deadline);
        assertThat(schedule.sleep(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
        clock.set(opened.plus(Duration.ofHours(24)));
        schedule.advance(build, TaskListener.NULL);
        assertThat(gate.vote().closing().orElseThrow().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(closings(gate)).hasSize(1);
        build.doKill();
    }

    /** The look at staging is every ten minutes of what the clock says now, not of what it once said. */
    @Test
    void aJumpBackDoesNotKeepItFromLookingAtStaging(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        VoteGate gate = VoteSite.beside(build, clock);
        GateSchedule schedule = new GateSchedule(gate);
        schedule.advance(build, TaskListener.NULL);
        votes.replaceCandidate();
        clock.set(gate.vote().opened().minus(Duration.ofDays(1)));
        schedule.advance(build, TaskListener.NULL);
        assertThat(gate.vote().closing().orElseThrow().outcome()).isEqualTo(Outcome.VOID);
        build.doKill();
    }

    @Test
    void theDeadlineItselfIsTooLate(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        VoteGate gate = VoteSite.beside(build, clock);
        clock.set(gate.vote().deadline().minusMillis(1));
        VoteSite.count(gate, "alice", Choice.PLUS_ONE);
        clock.set(gate.vote().deadline());
        assertThatThrownBy(() -> VoteSite.count(gate, "bob", Choice.PLUS_ONE)).hasMessageContaining("ended at");
        build.doKill();
    }

    /** People click all the time while the deadline comes: who was told 200 is in the record, who was told 409 is not. */
    @Test
    void clicksAroundTheDeadlineAreCountedBeforeItOrRefused(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(
                jenkins,
                "version: '1.3.0', voters: ['alice', 'bob', 'carol'], quorum: 3, closeEarly: false, until: '"
                        + Instant.now().plusSeconds(12) + "'");
        Instant deadline = VoteSite.gate(build).vote().deadline();
        Map<String, Integer> answers = clickUntilRefused(build, List.of("alice", "bob", "carol"));
        jenkins.waitForCompletion(build);
        assertSameAsToldTo(answers, build);
        assertThat(VoteSite.gate(build).vote().ballots())
                .isNotEmpty()
                .allMatch(ballot -> ballot.at().isBefore(deadline));
    }

    /** The release manager closes a decided vote while people still vote. */
    @Test
    void ballotsThatComeWhileItClosesAreInTheRecordOrRefused(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", advisers: ['bob'], failOnReject: false");
        assertThat(votes.post(build, "carol", "vote", VoteSite.ballot(build, "-1", "The scheduler loses jobs."))
                        .getStatusCode())
                .isEqualTo(201);
        ExecutorService manager = Executors.newSingleThreadExecutor();
        Future<Integer> close = manager.submit(() -> {
            Thread.sleep(1_500);
            return votes.post(build, "rita", "close", Map.of()).getStatusCode();
        });
        Map<String, Integer> answers = clickUntilRefused(build, List.of("alice"));
        assertThat(close.get()).isEqualTo(200);
        manager.shutdown();
        jenkins.waitForCompletion(build);
        assertSameAsToldTo(answers, build);
        assertThat(VoteSite.gate(build).vote().closing().orElseThrow().outcome())
                .isEqualTo(Outcome.VETOED);
    }

    private Map<String, Integer> clickUntilRefused(WorkflowRun build, List<String> voters) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(voters.size());
        List<Future<Map<String, Integer>>> clicks = new ArrayList<>();
        for (String voter : voters) {
            Callable<Map<String, Integer>> click = () -> {
                Map<String, Integer> answers = new TreeMap<>();
                int status = 0;
                while (status != 409) {
                    Map<String, String> ballot = VoteSite.ballot(build, "+1", "");
                    ballot.put("id", voter + answers.size());
                    status = votes.post(build, voter, "vote", ballot).getStatusCode();
                    answers.put(ballot.get("id"), status);
                }
                return answers;
            };
            clicks.add(people.submit(click));
        }
        Map<String, Integer> all = new TreeMap<>();
        for (Future<Map<String, Integer>> answers : clicks) {
            all.putAll(answers.get());
        }
        people.shutdown();
        return all;
    }

    private static void assertSameAsToldTo(Map<String, Integer> answers, WorkflowRun build) {
        List<VoteEvent> events = VoteSite.gate(build).vote().events();
        List<String> counted = VoteSite.gate(build).vote().ballots().stream()
                .map(VoteEvent.Ballot::id)
                .filter(answers::containsKey)
                .toList();
        assertThat(answers.values()).allMatch(status -> List.of(200, 201, 409).contains(status));
        assertThat(counted)
                .containsExactlyInAnyOrderElementsOf(answers.entrySet().stream()
                        .filter(e -> e.getValue() != 409)
                        .map(Map.Entry::getKey)
                        .toList());
        assertThat(events.get(events.size() - 1)).as("the last event").isInstanceOf(VoteEvent.Closing.class);
    }

    private static List<String> closings(VoteGate gate) throws IOException {
        return Files.readAllLines(gate.folder().resolve(VoteGate.JOURNAL)).stream()
                .filter(line -> line.contains("\"closing\""))
                .toList();
    }
}
