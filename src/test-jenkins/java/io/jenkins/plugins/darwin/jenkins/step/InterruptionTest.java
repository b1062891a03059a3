package io.jenkins.plugins.darwin.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Executor;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.darwin.jenkins.site.OwnProcess;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.site.SiteTest;
import io.jenkins.plugins.darwin.testing.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.ChannelShutdownListener;
import org.jvnet.hudson.test.EndOfTestListener;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Steps that are cut off in the middle, and the next run. The registry answers nothing while a test wants it so. */
class InterruptionTest extends SiteTest {
    private static final String BUILD = "node('linux') { darwinCutRelease '1.3.0'; echo darwinBuildRc('1.3.0').tag }";
    private static final String SIGN = "node('linux') { echo darwinSign('1.3.0').digest }";
    private static final String PROMOTE = "node('linux') { echo darwinPromote('1.3.0').tag }";
    private static final long HELD_MILLIS = 600_000;
    private static final Duration SOON = Duration.ofSeconds(15); // two cores with much else to do

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void restartInTheMiddleOfEachStep() throws Throwable {
        sessions.then(jenkins -> {
            site.configure();
            jenkins.createOnlineSlave(Label.get("linux"));
            begin(jenkins, ReleaseSite.job(jenkins, "release", BUILD), 2);
            keepAgentUntilJenkinsStops(jenkins);
            assertStoredValuesOnly(jenkins.jenkins
                    .getItemByFullName("release", WorkflowJob.class)
                    .getLastBuild());
        });
        sessions.then(jenkins -> {
            assertCutOff(jenkins, 1);
            assertGoesOn(jenkins, BUILD, "1.3.0-RC1");
            begin(jenkins, job(jenkins, SIGN), 2);
            keepAgentUntilJenkinsStops(jenkins);
        });
        sessions.then(jenkins -> {
            assertCutOff(jenkins, 3);
            assertGoesOn(jenkins, SIGN, "sha256:");
            assertThat(site.tags())
                    .containsKey("staging/darwin-release:1.3.0-RC1")
                    .doesNotContainKey("staging/darwin-release:1.3.0-RC2");
            site.pass();
            begin(jenkins, job(jenkins, PROMOTE), 4);
            keepAgentUntilJenkinsStops(jenkins);
        });
        sessions.then(jenkins -> {
            assertCutOff(jenkins, 5);
            assertGoesOn(jenkins, PROMOTE, "v1.3.0");
            assertThat(site.tags()).containsKeys("darwin/darwin-release:1.3.0", "darwin/ml-serve-app:1.3.0");
            SortedMap<String, String> released = site.state();
            jenkins.buildAndAssertSuccess(job(jenkins, PROMOTE));
            assertThat(site.state()).isEqualTo(released);
        });
    }

    @Test
    void abortEndsTheStepWithinSeconds() throws Throwable {
        sessions.then(jenkins -> {
            site.configure();
            jenkins.createOnlineSlave(Label.get("linux"));
            WorkflowRun build = begin(jenkins, ReleaseSite.job(jenkins, "release", BUILD), 2);
            Instant aborted = Instant.now();
            Executor executor = build.getExecutor();
            executor.interrupt(Result.ABORTED);
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            assertThat(Duration.between(aborted, Instant.now())).isLessThan(SOON);
            assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
            assertGoesOn(jenkins, BUILD, "1.3.0-RC1");
        });
    }

    @Test
    void agentThatGoesAwayIsOneLine() throws Throwable {
        sessions.then(jenkins -> {
            site.configure();
            Slave agent = jenkins.createOnlineSlave(Label.get("linux"));
            loseAgent(
                    jenkins, BUILD, 2, () -> agent.toComputer().disconnect(null).get(30, TimeUnit.SECONDS));
            assertGoesOn(jenkins, BUILD, "1.3.0-RC1");
            loseAgent(jenkins, SIGN, 2, () -> OwnProcess.kill(agent));
            assertGoesOn(jenkins, SIGN, "sha256:");
            site.pass();
            loseAgent(jenkins, PROMOTE, 4, () -> OwnProcess.kill(agent));
            assertGoesOn(jenkins, PROMOTE, "v1.3.0");
        });
    }

    private interface Away {
        void go() throws Exception;
    }

    private void loseAgent(JenkinsRule jenkins, String script, int change, Away away) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("release", WorkflowJob.class);
        WorkflowRun build = begin(
                jenkins, job == null ? ReleaseSite.job(jenkins, "release", script) : job(jenkins, script), change);
        away.go();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        ReleaseSite.assertOneLine(script, build, "The agent went away in the middle of the step. Nothing is half done");
        connect(jenkins);
    }

    /** Starts a build and waits until the registry has done its n-th change for it and keeps the answer to itself. */
    private WorkflowRun begin(JenkinsRule jenkins, WorkflowJob job, int change) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        int[] changes = {0};
        site.proxy().rule(request -> {
            if (request.mutating() && ++changes[0] >= change) {
                held.countDown();
                return new Fault.Delay(HELD_MILLIS);
            }
            return Fault.NONE;
        });
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        assertThat(held.await(2, TimeUnit.MINUTES))
                .as(JenkinsRule.getLog(build))
                .isTrue();
        return build;
    }

    /** The harness takes agents away before it stops the controller; an administrator who restarts one does not. */
    private static void keepAgentUntilJenkinsStops(JenkinsRule jenkins) {
        var listeners = jenkins.jenkins.getExtensionList(EndOfTestListener.class);
        listeners.stream()
                .filter(ChannelShutdownListener.class::isInstance)
                .toList()
                .forEach(listeners::remove);
        assertThat(listeners).noneMatch(ChannelShutdownListener.class::isInstance);
    }

    private void assertCutOff(JenkinsRule jenkins, int number) throws Exception {
        site.proxy().heal();
        connect(jenkins);
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(number);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build).lines().filter(l -> l.startsWith("ERROR: ")))
                .as(JenkinsRule.getLog(build))
                .hasSize(1);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        assertStoredValuesOnly(build);
    }

    private void assertGoesOn(JenkinsRule jenkins, String script, String printed) throws Exception {
        site.proxy().heal();
        jenkins.assertLogContains(printed, jenkins.buildAndAssertSuccess(job(jenkins, script)));
    }

    /** What a build leaves on the controller's disk holds no secret; build.xml of our classes only those that are values. */
    private static void assertStoredValuesOnly(WorkflowRun build) throws IOException {
        try (Stream<Path> files = Files.walk(build.getRootDir().toPath())) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).extracting(f -> f.getFileName().toString()).contains("build.xml");
            for (Path file : all) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(ReleaseSite.secrets()).as(file.toString()).noneMatch(content::contains);
                assertThat(content).as(file.toString()).doesNotContain("s3cret:p");
            }
        }
        String xml = Files.readString(build.getRootDir().toPath().resolve("build.xml"));
        assertThat(xml)
                .contains("io.jenkins.plugins.darwin.jenkins.run.ReleaseAction")
                .doesNotContain("darwin.jenkins.step.", "Execution<", "darwin.jenkins.remote.", "StepRequest");
    }

    private static void connect(JenkinsRule jenkins) throws Exception {
        for (var node : jenkins.jenkins.getNodes()) {
            jenkins.waitOnline((Slave) node);
        }
    }

    private static WorkflowJob job(JenkinsRule jenkins, String script) throws IOException {
        return ReleaseSite.script(jenkins.jenkins.getItemByFullName("release", WorkflowJob.class), script);
    }
}
