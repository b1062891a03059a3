package io.jenkins.plugins.darwin.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.site.SiteTest;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** "Restart from Stage" of a declarative pipeline: a new build, on another agent, in which the earlier stages did not run. */
@WithJenkins
class RestartFromStageTest extends SiteTest {
    private static final String PIPELINE = """
            pipeline {
              agent none
              stages {
                stage('Cut') { agent { label 'first' }; steps { darwinCutRelease '1.3.0' } }
                stage('Build') { agent { label 'first' }; steps { darwinBuildRc '1.3.0' } }
                stage('Sign') { agent { label 'second' }; steps { script { echo "digest ${darwinSign('1.3.0').digest}" } } }
                stage('Promote') { agent { label 'third' }; steps { script { echo "tag ${darwinPromote('1.3.0').tag}" } } }
              }
            }""";

    @Test
    void signAndPromoteGoOnFromWhatRegistryAndGitHold(JenkinsRule jenkins) throws Exception {
        site.configure();
        for (String label : new String[] {"first", "second", "third"}) {
            jenkins.createOnlineSlave(Label.get(label));
        }
        WorkflowRun whole = jenkins.buildAndAssertStatus(Result.FAILURE, ReleaseSite.job(jenkins, "release", PIPELINE));
        String digest = site.tags().get("staging/darwin-release:1.3.0-RC1");
        jenkins.assertLogContains("digest " + digest, whole);
        ReleaseSite.assertOneLine("promotion without a vote", whole, "vote");

        site.proxy().reset();
        WorkflowRun again = restart(whole, "Sign");
        jenkins.assertBuildStatus(Result.FAILURE, again); // there still was no vote
        jenkins.assertLogContains("digest " + digest, again);
        jenkins.assertLogContains("Stage \"Build\" skipped due to this build restarting at stage \"Sign\"", again);
        assertThat(site.proxy().mutations())
                .as("changes by signing what is signed")
                .isZero();

        site.pass();
        WorkflowRun promoted = restart(again, "Promote");
        jenkins.assertBuildStatusSuccess(promoted);
        jenkins.assertLogContains("Stage \"Sign\" skipped due to this build restarting at stage \"Promote\"", promoted);
        jenkins.assertLogContains("tag v1.3.0", promoted);
        assertThat(site.tags())
                .containsEntry("darwin/darwin-release:1.3.0", digest)
                .doesNotContainKey("staging/darwin-release:1.3.0-RC2");
    }

    /** The registry goes away in the middle of the stage, each time a little later. */
    @Test
    void signStageThatFailedInTheMiddle(JenkinsRule jenkins) throws Exception {
        site.configure();
        for (String label : new String[] {"first", "second", "third"}) {
            jenkins.createOnlineSlave(Label.get(label));
        }
        site.project().cut();
        site.project().build();
        site.proxy().crashAfterMutation(1);
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, ReleaseSite.job(jenkins, "release", PIPELINE));
        ReleaseSite.assertOneLine("registry away", build, site.proxy().host());
        for (int changes = 2; changes < 4; changes++) {
            site.proxy().crashAfterMutation(changes);
            build = jenkins.assertBuildStatus(Result.FAILURE, restart(build, "Sign"));
            ReleaseSite.assertOneLine(
                    "registry away after " + changes, build, site.proxy().host());
            assertThat(site.tags()).doesNotContainKey("staging/darwin-release:1.3.0-RC1");
        }
        site.proxy().heal();
        site.proxy().reset();
        jenkins.assertLogContains("digest sha256:", restart(build, "Sign"));
        assertThat(site.tags())
                .containsKey("staging/darwin-release:1.3.0-RC1")
                .doesNotContainKey("staging/darwin-release:1.3.0-RC2");
    }

    private static WorkflowRun restart(WorkflowRun build, String stage) throws Exception {
        RestartDeclarativePipelineAction action = build.getAction(RestartDeclarativePipelineAction.class);
        assertThat(action.getRestartableStages()).contains(stage);
        return (WorkflowRun) action.run(stage).getFuture().get();
    }
}
