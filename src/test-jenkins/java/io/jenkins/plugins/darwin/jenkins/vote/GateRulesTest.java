package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.darwin.vote.Outcome;
import io.jenkins.plugins.darwin.vote.Vote;
import io.jenkins.plugins.darwin.vote.VoteEvent.Extension;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a release manager and an administrator may do to a vote, by which requests, and what a double click does. */
@WithJenkins
class GateRulesTest {
    private static final String POLICY =
            "version: '1.3.0', voters: ['alice', 'bob', 'carol'], quorum: 2, failOnReject: false";
    private static final List<String> ACTIONS = List.of("vote", "takeBack", "close", "extend", "withdraw", "override");

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

    /** Neither another site's form nor a link in a mail changes anything, whoever opens it. */
    @Test
    void nothingChangesByAGetOrWithoutACrumb(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        Map<String, String> all = VoteSite.ballot(build, "+1", "because I say so");
        all.put("ballot", "form-1");
        all.put("hours", "1");
        for (String action : ACTIONS) {
            assertStatus(403, votes.send(build, "admin", action, all, false));
            try (JenkinsRule.WebClient client = jenkins.createWebClient()
                    .withThrowExceptionOnFailingStatusCode(false)
                    .login("admin")) {
                client.setJavaScriptEnabled(false);
                URL url = new URL(
                        jenkins.getURL(),
                        VoteSite.gate(build).getUrl() + action + "?choice=%2B1&reason=because+I+say+so&hours=1&digest="
                                + votes.digest());
                assertThat(client.getPage(url).getWebResponse().getStatusCode())
                        .as("GET " + action)
                        .isEqualTo(405);
            }
        }
        assertThat(VoteSite.gate(build).vote().events()).isEmpty();
        build.doKill();
    }

    @Test
    void moreTimeNeedsAReasonAndALaterDeadline(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", hours: 48");
        Vote before = VoteSite.gate(build).vote();
        assertStatus(400, votes.post(build, "rita", "extend", Map.of("hours", "24")));
        assertStatus(
                400, votes.post(build, "rita", "extend", Map.of("hours", "0", "reason", "the load test still runs")));
        assertStatus(
                400, votes.post(build, "rita", "extend", Map.of("hours", "-3", "reason", "the load test still runs")));
        assertStatus(
                400,
                votes.post(
                        build,
                        "rita",
                        "extend",
                        Map.of(
                                "until",
                                before.opened().plusSeconds(60).toString(),
                                "reason",
                                "the load test still runs")));
        assertStatus(
                400,
                votes.post(build, "rita", "extend", Map.of("until", "tomorrow", "reason", "the load test still runs")));
        assertThat(VoteSite.gate(build).vote().events()).isEmpty();
        assertStatus(
                200, votes.post(build, "rita", "extend", Map.of("hours", "24", "reason", "the load test still runs")));
        Vote after = VoteSite.gate(build).vote();
        assertThat(after.deadline()).isEqualTo(before.deadline().plus(Duration.ofHours(24)));
        Extension extension = (Extension) after.events().get(0);
        assertThat(extension.by()).isEqualTo("rita");
        assertThat(extension.reason()).isEqualTo("the load test still runs");
        build.doKill();
    }

    /** A veto decides; the policy's default waits for its author to think again, and the release manager need not. */
    @Test
    void closeNowIsForAVoteThatIsDecided(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        votes.vote(build, "alice", "+1");
        assertStatus(409, votes.post(build, "rita", "close", Map.of()));
        votes.vote(build, "carol", "-1");
        assertStatus(403, votes.post(build, "alice", "close", Map.of()));
        assertStatus(200, votes.post(build, "rita", "close", Map.of()));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(VoteSite.gate(build).vote().closing().orElseThrow().outcome())
                .isEqualTo(Outcome.VETOED);
        assertThat(VoteSite.gate(build).vote().closing().get().by()).isEqualTo("rita");
        assertStatus(409, votes.post(build, "rita", "close", Map.of()));
    }

    @Test
    void aPolicyThatLetsNoneEndEarlierHoldsForTheReleaseManagerToo(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY + ", closeEarly: false, minHours: 0");
        for (String voter : List.of("alice", "bob", "carol")) {
            votes.vote(build, voter, "+1");
        }
        assertStatus(409, votes.post(build, "rita", "close", Map.of()));
        assertThat(build.isBuilding()).isTrue();
        build.doKill();
    }

    /** An override is a word of its own: no ballot is made, none is changed, and the record says who and why. */
    @Test
    void anOverrideIsRecordedAsOne(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        votes.vote(build, "carol", "-1");
        assertStatus(400, votes.post(build, "admin", "override", Map.of()));
        assertStatus(400, votes.post(build, "admin", "override", Map.of("reason", "no")));
        assertStatus(200, votes.post(build, "admin", "override", Map.of("reason", "the security fix can't wait")));
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        Vote vote = VoteSite.gate(build).vote();
        assertThat(vote.closing().orElseThrow().outcome()).isEqualTo(Outcome.OVERRIDDEN);
        assertThat(vote.closing().get().by()).isEqualTo("admin");
        assertThat(vote.closing().get().reason()).isEqualTo("the security fix can't wait");
        assertThat(vote.counting()).containsOnlyKeys("carol");
        assertThat(VoteSite.gate(build).tally().binding().minusOne()).isEqualTo(1);
    }

    /** One form, sent eight times at the same instant. */
    @Test
    void clicksAtTheSameInstantCountOnce(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, POLICY);
        Map<String, String> form = VoteSite.ballot(build, "+1", "");
        form.put("id", "form-1");
        ExecutorService fingers = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> clicks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            JenkinsRule.WebClient window = votes.client("alice");
            Callable<Integer> click = () -> {
                go.await();
                return votes.send(window, build, "vote", form, true).getStatusCode();
            };
            clicks.add(fingers.submit(click));
        }
        go.countDown();
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> click : clicks) {
            answers.add(click.get());
        }
        fingers.shutdown();
        assertThat(answers).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(VoteSite.gate(build).vote().ballots()).hasSize(1);
        build.doKill();
    }

    private static void assertStatus(int expected, WebResponse answer) {
        assertThat(answer.getStatusCode()).as(answer.getContentAsString()).isEqualTo(expected);
    }
}
