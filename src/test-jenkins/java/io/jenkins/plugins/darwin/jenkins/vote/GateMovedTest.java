package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.Util;
import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.Choice;
import io.jenkins.plugins.darwin.vote.Outcome;
import java.net.URL;
import java.nio.file.Path;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A job is moved to a folder while its vote is open, a build is deleted, a journal vanishes. */
class GateMovedTest {
    private static final String POLICY = "version: '1.3.0', voters: ['alice', 'bob', 'carol'], quorum: 2";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

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

    /** The vote goes along: its page, its ballots, and after a restart too. */
    @Test
    void movesToAFolderAndEndsThere() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = votes.open(jenkins, POLICY);
            votes.vote(build, "alice", "+1");
            Folder folder = jenkins.createProject(Folder.class, "releases");
            Items.move(build.getParent(), folder);
            assertThat(VoteSite.gate(build).getUrl()).startsWith("job/releases/job/gate/1/darwin-vote/");
            assertThat(VoteSite.gate(build).folder()).exists();
            votes.vote(build, "carol", "0");
        });
        sessions.then(jenkins -> {
            votes.prepare(jenkins);
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("releases/gate", WorkflowJob.class)
                    .getBuildByNumber(1);
            assertThat(build.isBuilding()).isTrue();
            assertThat(VoteSite.gate(build).vote().counting()).containsOnlyKeys("alice", "carol");
            votes.vote(build, "bob", "+1");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(build.getArtifacts()).extracting(Object::toString).contains("vote/1.3.0-RC1/votes.json");
            jenkins.assertLogContains("OUTCOME PASSED", build);
        });
    }

    /** Jenkins deletes no build that runs. With its job it goes: aborted first, which takes the candidate back for all to see. */
    @Test
    void aDeletedJobTakesTheCandidateBack() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = votes.open(jenkins, POLICY);
            votes.vote(build, "alice", "+1");
            VoteGate gate = VoteSite.gate(build);
            Path root = build.getRootDir().toPath();
            String page = gate.getUrl();
            assertThatThrownBy(build::delete).hasMessageContaining("still running");
            assertThat(gate.isOpen()).isTrue();
            build.getParent().delete();
            assertThat(gate.vote().closing().orElseThrow().outcome()).isEqualTo(Outcome.WITHDRAWN);
            assertThat(post(jenkins, page, "bob")).isEqualTo(404);
            assertThatThrownBy(() -> VoteSite.count(gate, "bob", Choice.PLUS_ONE))
                    .isInstanceOf(ReleaseException.class);
            Thread.sleep(3_000);
            assertThat(root).as("nothing writes there again").doesNotExist();
        });
    }

    /** Somebody removed the journal of an open vote by hand: said so, no ballot counted, and the build can be aborted. */
    @Test
    void aVanishedJournalIsToldAndTheBuildCanBeAborted() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun build = votes.open(jenkins, POLICY);
            String page = VoteSite.gate(build).getUrl();
            Util.deleteRecursive(VoteSite.gate(build).folder().toFile());
            assertThat(post(jenkins, page, "bob")).isIn(404, 503);
            build.doStop();
            jenkins.waitForCompletion(build);
            assertThat(build.getResult()).isEqualTo(Result.ABORTED);
        });
    }

    private int post(JenkinsRule jenkins, String page, String user) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login(user)) {
            client.setJavaScriptEnabled(false);
            WebRequest request = new WebRequest(
                    new URL(jenkins.getURL(), page + "vote?choice=%2B1&digest=" + votes.digest()), HttpMethod.POST);
            client.addCrumb(request);
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }
}
