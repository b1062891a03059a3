package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * The plugin is replaced while a vote runs. What the earlier version wrote is kept in the resources, as it left it when its
 * controller stopped: build, program, journal with a ballot, one that was taken back, and more time.
 */
class GateUpgradeTest {
    private static final String EARLIER_STAGING = "127.0.0.1:45773";
    private static final String EARLIER_DIGEST =
            "sha256:23d065223792f192f12f1e4661a523cf30588cb63ba70b9cbe56334d413eaf2e";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path temp;

    private VoteSite votes;

    @BeforeEach
    void start() throws Exception {
        votes = VoteSite.start(temp);
        restore(
                Path.of(URI.create(getClass().getResource("opened-earlier").toString())),
                sessions.getHome().toPath());
    }

    @AfterEach
    void stop() {
        votes.close();
    }

    @Test
    void aVoteOfAnEarlierVersionGoesOnAndEnds() throws Throwable {
        sessions.then(jenkins -> {
            votes.prepare(jenkins);
            WorkflowRun build =
                    jenkins.jenkins.getItemByFullName("gate", WorkflowJob.class).getBuildByNumber(1);
            assertThat(build.isBuilding()).isTrue();
            VoteGate gate = VoteSite.gate(build);
            assertThat(gate.vote().counting()).containsOnlyKeys("alice");
            assertThat(gate.vote().counting().get("alice").reason()).isEqualTo("works on my cluster");
            assertThat(gate.vote().deadline()).isEqualTo("2126-10-29T16:53:31.172Z");
            assertThat(votes.post(build, "dave", "vote", VoteSite.ballot(build, "+1", ""))
                            .getStatusCode())
                    .as("an adviser without the right")
                    .isEqualTo(403);
            votes.vote(build, "bob", "+1");
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("OUTCOME PASSED []", build);
            jenkins.assertLogNotContains("alice voted", build); // the earlier version told that
            assertThat(gate.vote().closing().orElseThrow().electorate()).containsExactly("alice", "bob", "carol");
            assertThat(build.getArtifacts())
                    .extracting(Object::toString)
                    .contains("vote/1.3.0-RC1/votes.json", "vote/1.3.0-RC1/votes.json.asc");
        });
    }

    /** Another registry and another candidate than the earlier one had; nothing else is touched. */
    private void restore(Path from, Path home) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path to = home.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Path journal = home.resolve("jobs/gate/builds/1/darwin-vote/1.3.0-RC1/votes.jsonl");
        List<String> lines = Files.readAllLines(journal, StandardCharsets.UTF_8);
        assertThat(lines.get(0)).contains(EARLIER_STAGING, EARLIER_DIGEST);
        Files.write(
                journal,
                lines.stream()
                        .map(l -> l.replace(
                                        EARLIER_STAGING, votes.site().proxy().host())
                                .replace(EARLIER_DIGEST, votes.digest()))
                        .toList(),
                StandardCharsets.UTF_8);
    }
}
