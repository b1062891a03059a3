package io.jenkins.plugins.darwin.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.site.SiteTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps in all kinds of pipelines, on agents in JVMs of their own. */
@WithJenkins
class PipelinesTest extends SiteTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCH = new BuildWatcherExtension();

    /** Nothing but registry and Git carries the candidate from one agent to the next. */
    @Test
    void declarativeWithAnAgentForEachStage(JenkinsRule jenkins) throws Exception {
        site.configure();
        jenkins.createOnlineSlave(Label.get("first"));
        jenkins.createOnlineSlave(Label.get("second"));
        WorkflowJob job = ReleaseSite.job(jenkins, "release", """
                def signed
                pipeline {
                  agent none
                  stages {
                    stage('Cut') { agent { label 'first' }; steps { script { echo "branch ${darwinCutRelease('1.3.0').branch}" } } }
                    stage('Build') { agent { label 'first' }; steps { script { echo "tag ${darwinBuildRc('1.3.0').tag}" } } }
                    stage('Sign') { agent { label 'second' }; steps { script { signed = darwinSign('1.3.0'); echo "digest ${signed.digest}" } } }
                  }
                }""");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("branch release/1.3.0", build);
        jenkins.assertLogContains("tag 1.3.0-RC1", build);
        String digest = site.tags().get("staging/darwin-release:1.3.0-RC1");
        assertThat(digest).startsWith("sha256:");
        jenkins.assertLogContains("digest " + digest, build);

        site.pass();
        ReleaseSite.script(
                job,
                "node('first') { def p = darwinPromote('1.3.0'); echo \"tag ${p.tag}\"; echo \"urls ${p.urls.size()}\" }");
        WorkflowRun promoted = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("tag v1.3.0", promoted);
        assertThat(site.tags())
                .containsEntry("darwin/darwin-release:1.3.0", digest)
                .containsKeys("darwin/darwin-compute:1.3.0", "darwin/darwin-compute:latest");

        SortedMap<String, String> released = site.state();
        site.proxy().reset();
        jenkins.buildAndAssertSuccess(job);
        assertThat(site.proxy().mutations()).as("changes by a second promotion").isZero();
        assertThat(site.state()).isEqualTo(released);
    }

    @Test
    void parallelAndMatrix(JenkinsRule jenkins) throws Exception {
        site.configure();
        jenkins.createOnlineSlave(Label.get("linux"));
        jenkins.createOnlineSlave(Label.get("linux"));
        WorkflowJob job = ReleaseSite.job(jenkins, "lines", """
                pipeline {
                  agent none
                  stages {
                    stage('All') {
                      matrix {
                        axes { axis { name 'LINE'; values '1.3.0', '1.4.0' } }
                        stages { stage('Cut') { agent { label 'linux' }; steps { darwinCutRelease LINE } } }
                      }
                    }
                  }
                }""");
        jenkins.buildAndAssertSuccess(job);
        assertThat(site.state()).containsKeys("refs/heads/release/1.3.0", "refs/heads/release/1.4.0");
        ReleaseSite.script(job, """
                def build(version) { return { node('linux') { darwinBuildRc version: version } } }
                parallel one: build('1.3.0'), other: build('1.4.0')""");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertThat(build.getAction(io.jenkins.plugins.darwin.jenkins.run.ReleaseAction.class)
                        .getReleases())
                .extracting("candidate")
                .containsExactlyInAnyOrder("1.3.0-RC1", "1.4.0-RC1");
    }

    @Test
    void dryRunMakesNothing(JenkinsRule jenkins) throws Exception {
        site.configure();
        SortedMap<String, String> before = site.state();
        WorkflowJob job = ReleaseSite.job(
                jenkins,
                "dry",
                "node { def cut = darwinCutRelease version: '1.3.0', dryRun: true; echo \"changes ${cut.changes.size()}\" }");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertThat(site.state()).isEqualTo(before);
        jenkins.assertLogContains("release/1.3.0", build);
        jenkins.assertLogNotContains("changes 0", build);
    }

    /** A controller that reads the agent's files off its own disk would find nothing there. */
    @Test
    void worksInTheAgentsOwnWorkspace(JenkinsRule jenkins) throws Exception {
        site.configure();
        var agent = jenkins.createOnlineSlave(Label.get("linux"));
        WorkflowJob job = ReleaseSite.job(
                jenkins, "where", "node('linux') { darwinCutRelease '1.3.0'; echo darwinBuildRc('1.3.0').directory }");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        Path dist = Path.of(agent.getWorkspaceFor(job).getRemote(), "dist", "1.3.0-RC1");
        jenkins.assertLogContains(dist.toString(), build);
        assertThat(dist).isDirectory();
        try (var files = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
            assertThat(files.filter(
                            f -> !f.toString().contains("agent-work-dirs"))) // the harness puts the agents' disks there
                    .noneMatch(f -> f.getFileName().toString().startsWith("darwin-1.3.0"));
        }
    }
}
