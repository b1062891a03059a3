package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.darwin.plan.Outcome.Kind;
import io.jenkins.plugins.darwin.release.PolicyCheck;
import io.jenkins.plugins.darwin.release.Promote;
import io.jenkins.plugins.darwin.testing.ReleaseFixture;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The gate in a real Jenkins, with a real registry and a real signed candidate. */
@WithJenkins
class AwaitVoteTest {
    private static final String POLICY = "version: '1.3.0', voters: ['alice', 'bob', 'carol'], quorum: 2";

    @TempDir
    Path temp;

    private VoteSite votes;

    @BeforeEach
    void start() throws Exception {
        votes = VoteSite.start(temp);
    }

    @AfterEach
    void stop() {
        votes.close();
    }

    /** What the vote leaves in the registry is what promotion asks for. */
    @Test
    void aVoteThatPassesLetsTheCandidateBePromoted(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        assertThat(pauses(build)).anyMatch(PauseAction::isPaused);
        votes.vote(build, "alice", "+1");
        votes.vote(build, "bob", "+1");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build)).contains("alice voted +1", "[RESULT] [VOTE]", "OUTCOME PASSED []");
        assertThat(pauses(build)).isNotEmpty().noneMatch(PauseAction::isPaused);
        assertThat(build.getArtifacts())
                .extracting(Object::toString)
                .contains("vote/1.3.0-RC1/votes.json", "vote/1.3.0-RC1/votes.json.asc");
        votes.site().project().clock().set(Instant.now());
        ReleaseFixture project = votes.site().project(); // whose own policy asks for more than this gate's trunk does
        assertThatThrownBy(project::promote).hasMessageContaining("quorum 2, expected 3");
        Promote.Options accepted = new Promote.Options(
                Optional.empty(), List.of(), new PolicyCheck(null, null, "the gate's trunk asked for no more"));
        assertThat(project.run(w -> new Promote(w, ReleaseFixture.VERSION, project.signer(), accepted))
                        .kind())
                .isEqualTo(Kind.DONE);
        String stored = Files.readString(build.getRootDir().toPath().resolve("build.xml"));
        assertThat(stored)
                .doesNotContain("AwaitVoteExecution", "voted")
                .doesNotContain(io.jenkins.plugins.darwin.jenkins.site.ReleaseSite.secrets());
    }

    @Test
    void aVetoFailsTheStepWithItsReason(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        votes.post(build, "carol", "vote", VoteSite.ballot(build, "-1", "The scheduler loses jobs."));
        assertThat(VoteSite.gate(build).vote().closing())
                .as("a veto can be taken back")
                .isEmpty();
        votes.post(build, "rita", "close", Map.of());
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("ERROR: The vote on 1.3.0-RC1 was vetoed: carol: The scheduler loses jobs.", build);
    }

    @Test
    void withoutFailOnRejectTheOutcomeComesBack(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", failOnReject: false");
        votes.post(build, "carol", "vote", VoteSite.ballot(build, "-1", "The scheduler loses jobs."));
        assertThat(VoteSite.gate(build).vote().closing())
                .as("a veto can be taken back")
                .isEmpty();
        votes.post(build, "rita", "close", Map.of());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("OUTCOME VETOED [carol: The scheduler loses jobs.]", build);
    }

    @Test
    void whoeverMayNotIsRefusedAndNothingIsCounted(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        Map<String, String> yes = VoteSite.ballot(build, "+1", "");
        assertStatus(403, votes.post(build, null, "vote", yes));
        assertStatus(403, votes.post(build, "dave", "vote", yes));
        assertStatus(403, votes.send(build, "alice", "vote", yes, false));
        assertStatus(403, votes.post(build, "alice", "vote", with(yes, "voter", "bob")));
        assertStatus(409, votes.post(build, "alice", "vote", with(yes, "digest", "sha256:" + "0".repeat(64))));
        assertStatus(400, votes.post(build, "alice", "vote", with(yes, "choice", "+2")));
        assertStatus(400, votes.post(build, "alice", "vote", with(yes, "choice", "-1")));
        assertStatus(400, votes.post(build, "alice", "vote", with(yes, "check:coffee", "PASSED")));
        for (String action : List.of("close", "extend", "withdraw", "override")) {
            assertStatus(403, votes.post(build, "alice", action, Map.of("reason", "because I say so", "hours", "1")));
        }
        assertStatus(403, votes.post(build, "rita", "override", Map.of("reason", "because I say so")));
        assertStatus(409, votes.post(build, "rita", "close", Map.of()));
        assertThat(VoteSite.gate(build).vote().events()).isEmpty();
        votes.post(build, "rita", "withdraw", Map.of("reason", "a blocker was found"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("was withdrawn: rita: a blocker was found", build);
    }

    @Test
    void aBallotCountsOnceAndOldFormsBringNothingBack(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        Map<String, String> first = with(VoteSite.ballot(build, "+1", ""), "id", "form-1");
        assertStatus(201, votes.post(build, "alice", "vote", first));
        assertStatus(200, votes.post(build, "alice", "vote", first));
        assertStatus(200, votes.post(build, "alice", "vote", with(VoteSite.ballot(build, "0", ""), "id", "form-2")));
        assertStatus(200, votes.post(build, "alice", "vote", first));
        assertStatus(409, votes.post(build, "alice", "vote", with(VoteSite.ballot(build, "0", ""), "id", "form-1")));
        assertStatus(409, votes.post(build, "bob", "vote", first));
        assertStatus(403, votes.post(build, "bob", "takeBack", Map.of("ballot", "form-2")));
        Vote vote = VoteSite.gate(build).vote();
        assertThat(vote.ballots()).hasSize(2);
        assertThat(vote.counting().get("alice").choice().sign()).isEqualTo("0");
        assertStatus(200, votes.post(build, "alice", "takeBack", Map.of("ballot", "form-2")));
        assertThat(VoteSite.gate(build).vote().counting()).isEmpty();
        assertStatus(200, votes.post(build, "admin", "override", Map.of("reason", "the outage can't wait")));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("OUTCOME OVERRIDDEN", build);
    }

    @Test
    void abortingTheBuildWithdrawsInThatNameAndIsNoVote(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        try (ACLContext dave = ACL.as2(User.getById("dave", true).impersonate2())) {
            build.doStop();
        }
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        Closing closing = VoteSite.gate(build).vote().closing().orElseThrow();
        assertThat(closing.outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(closing.by()).isEqualTo("dave");
        assertThat(VoteSite.gate(build).vote().ballots()).isEmpty();
        assertStatus(409, votes.post(build, "alice", "vote", VoteSite.ballot(build, "+1", "")));
    }

    /** Everybody says the last word at the same moment. */
    @Test
    void theGateClosesOnce(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", minHours: 1");
        votes.vote(build, "alice", "+1");
        votes.vote(build, "bob", "+1");
        VoteGate gate = VoteSite.gate(build);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 20)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        go.await();
                        gate.change(v -> v.override(gate.now(), "admin" + i, "several at a time", Vote.ANYBODY));
                    } catch (InterruptedException | RuntimeException e) {
                        // nineteen are refused
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(Files.readAllLines(gate.folder().resolve(VoteGate.JOURNAL)))
                .filteredOn(l -> l.contains("\"closing\""))
                .hasSize(1);
        assertThat(JenkinsRule.getLog(build)).containsOnlyOnce("[RESULT]");
    }

    @Test
    void aRenamedJobKeepsItsVoteAndADeletedBuildHasNone(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        votes.vote(build, "alice", "+1");
        build.getParent().renameTo("moved");
        assertThat(VoteSite.gate(build).getUrl()).startsWith("job/moved/");
        votes.vote(build, "carol", "0");
        assertThat(VoteSite.gate(build).vote().counting()).containsOnlyKeys("alice", "carol");
        votes.vote(build, "bob", "+1");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        VoteGate gate = VoteSite.gate(build);
        Path folder = gate.folder();
        build.delete();
        assertThat(folder).doesNotExist();
        assertThat(VoteSite.gate(build)).isNull();
    }

    @Test
    void aCandidateThatWasReplacedMakesTheVoteVoid(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", failOnReject: false");
        votes.replaceCandidate();
        votes.vote(build, "alice", "+1");
        votes.vote(build, "bob", "+1");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("OUTCOME VOID", build);
        jenkins.assertLogContains("is not attached", build);
    }

    private static List<PauseAction> pauses(WorkflowRun build) {
        return new DepthFirstScanner()
                .allNodes(build.getExecution()).stream()
                        .map(n -> PauseAction.getPauseActions((FlowNode) n))
                        .flatMap(List::stream)
                        .toList();
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> changed = new java.util.HashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private static void assertStatus(int expected, WebResponse answer) {
        assertThat(answer.getStatusCode()).as(answer.getContentAsString()).isEqualTo(expected);
    }
}
