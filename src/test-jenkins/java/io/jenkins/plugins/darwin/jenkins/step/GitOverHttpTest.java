package io.jenkins.plugins.darwin.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.jenkins.config.ReleaseDefaults;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.site.SiteTest;
import io.jenkins.plugins.darwin.testing.GitHttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.plugins.git.GitSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A repository behind a server that wants a name and a token, with git's own server in it. */
@WithJenkins
class GitOverHttpTest extends SiteTest {
    private GitHttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new GitHttpServer(site.project().origin().getParent());
    }

    @AfterEach
    void stopServing() {
        server.close();
    }

    @Test
    void releasesWithTheTokenAndLeavesNoTraceOfIt(JenkinsRule jenkins) throws Exception {
        configure("writer");
        var agent = jenkins.createOnlineSlave(Label.get("linux"));
        WorkflowJob job = ReleaseSite.job(
                jenkins,
                "release",
                "node('linux') { darwinCutRelease '1.3.0'; darwinBuildRc '1.3.0'; darwinSign '1.3.0' }");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        site.pass();
        ReleaseSite.script(job, "node('linux') { darwinPromote '1.3.0' }");
        jenkins.buildAndAssertSuccess(job);
        assertThat(site.state()).containsKeys("refs/heads/release/1.3.0", "refs/tags/v1.3.0");
        for (String id : List.of("writer", ReleaseSite.REGISTRY, ReleaseSite.SIGNING_KEY)) {
            var used = CredentialsProvider.getFingerprintOf(
                    CredentialsProvider.findCredentialById(id, StandardCredentials.class, build));
            assertThat(used).as("the use of " + id + " is tracked").isNotNull();
            assertThat(used.getJobs()).as(id).contains("release");
        }
        for (Path place : List.of(job.getRootDir().toPath(), Path.of(agent.getRemoteFS()))) {
            try (Stream<Path> files = Files.walk(place)) {
                assertThat(files.filter(Files::isRegularFile))
                        .isNotEmpty()
                        .allSatisfy(
                                file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                                        .doesNotContain(GitHttpServer.TOKEN));
            }
        }
    }

    @Test
    void whoMayNotIsToldInOneLineAndTheNextRunGoesOn(JenkinsRule jenkins) throws Exception {
        configure("writer");
        ReleaseSite.add(ReleaseSite.login("reader", "reader", GitHttpServer.TOKEN));
        ReleaseSite.add(ReleaseSite.login("forgotten", "writer", "an old token"));
        Map<String, String> mistakes = new LinkedHashMap<>();
        mistakes.put("reader", "127.0.0.1");
        mistakes.put("forgotten", "127.0.0.1");
        mistakes.put("nobody", "There are no credentials 'nobody' that logins may use: expected, for Git,");
        mistakes.put(
                ReleaseSite.SIGNING_KEY, "The credentials 'signing-key' are of the wrong kind: expected, for Git,");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "logins");
        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            ReleaseSite.script(
                    job, "node { darwinCutRelease version: '1.3.0', gitCredentials: '" + mistake.getKey() + "' }");
            ReleaseSite.assertOneLine(
                    mistake.getKey(), jenkins.buildAndAssertStatus(Result.FAILURE, job), mistake.getValue());
        }
        DarwinReleasesConfiguration.get().getDefaults().setGitCredentials(null);
        ReleaseSite.script(job, "node { darwinCutRelease '1.3.0' }");
        ReleaseSite.assertOneLine("none", jenkins.buildAndAssertStatus(Result.FAILURE, job), "127.0.0.1");
        assertThat(site.state()).doesNotContainKey("refs/heads/release/1.3.0");
        DarwinReleasesConfiguration.get().getDefaults().setGitCredentials("writer");
        jenkins.buildAndAssertSuccess(job);
        assertThat(site.state()).containsKey("refs/heads/release/1.3.0");
    }

    /** With nothing set anywhere, both come from the job's own branch source. */
    @Test
    void multibranchJobHasItsOwnRepositoryAndCredentials(JenkinsRule jenkins) throws Exception {
        configure("writer");
        ReleaseDefaults defaults = DarwinReleasesConfiguration.get().getDefaults();
        defaults.setRepository(null);
        defaults.setGitCredentials(null);
        GitSCMSource source = new GitSCMSource(server.url("/origin.git"));
        source.setCredentialsId("writer");
        WorkflowRun build = site.multibranchBuild(jenkins, source, "node { darwinCutRelease '1.3.0' }");
        jenkins.assertBuildStatusSuccess(build);
        assertThat(site.state()).containsKey("refs/heads/release/1.3.0");
    }

    private void configure(String gitUser) throws IOException {
        site.configure();
        ReleaseSite.add(ReleaseSite.login(gitUser, gitUser, GitHttpServer.TOKEN));
        ReleaseDefaults defaults = DarwinReleasesConfiguration.get().getDefaults();
        defaults.setRepository(server.url("/origin.git"));
        defaults.setGitCredentials(gitUser);
    }
}
