package io.jenkins.plugins.darwin.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.site.SiteTest;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSCMSource;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What people see of a release in Jenkins, of a build in a multibranch job. */
@WithJenkins
class ReleasePageTest extends SiteTest {
    private static final String PIPELINE =
            "node { darwinCutRelease '1.3.0'; darwinBuildRc '1.3.0'; darwinSign '1.3.0' }";

    @BeforeEach
    void allowFolders() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true; // the test's repository is one
    }

    @AfterEach
    void forbidFolders() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    /** With no repository given anywhere, it is the one that the branch comes from. */
    @Test
    void multibranchJobReleasesItsOwnRepository(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = multibranchBuild(jenkins);
        assertThat(site.state()).containsKey("refs/heads/release/1.3.0");
        String digest = site.tags().get("staging/darwin-release:1.3.0-RC1");
        String page = "job/release/job/main/1/";

        try (JenkinsRule.WebClient web = jenkins.createWebClient()) {
            HtmlPage release = web.goTo(page + "darwin-release/");
            assertThat(release.asNormalizedText())
                    .contains(
                            "1.3.0-RC1",
                            digest,
                            ReleaseSite.key().fingerprint(),
                            "darwin-compute",
                            "darwin-1.3.0-src.tar.gz",
                            "release/1.3.0");
            String main = release.querySelector("#main-panel").asXml();
            assertThat(main)
                    .doesNotContain("<style", " style=", "onclick")
                    .doesNotContainPattern("<script(?![^>]* src=)");
            assertThat(web.goTo(page).asNormalizedText()).contains("1.3.0-RC1", digest);
            assertThat(web.goTo("job/release/job/main/").asNormalizedText()).contains("1.3.0-RC1");

            JsonNode json = new ObjectMapper()
                    .readTree(web.goTo(page + "darwin-release/api/json?depth=3", "application/json")
                            .getWebResponse()
                            .getContentAsString());
            JsonNode summary = json.path("releases").path(0);
            assertThat(summary.path("candidate").asText()).isEqualTo("1.3.0-RC1");
            assertThat(summary.path("digest").asText()).isEqualTo(digest);
            assertThat(summary.path("fingerprint").asText())
                    .isEqualTo(ReleaseSite.key().fingerprint());
            assertThat(json.path("phases"))
                    .hasSize(3)
                    .allMatch(p -> p.path("state").asText().equals("DONE"));
            assertThat(json.path("phases").path(1).path("values").path("images"))
                    .isNotEmpty();
            assertThat(json.path("phases").path(0).path("changes")).isNotEmpty();
        }
        assertThat(JenkinsRule.getLog(build)).doesNotContain("s3cret");
    }

    /** Whoever may not see the job sees nothing of its release. */
    @Test
    void pageIsForWhoMaySeeTheJob(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = ReleaseSite.job(
                jenkins,
                "release",
                "node { darwinCutRelease version: '1.3.0', repository: '" + site.repository() + "' }");
        jenkins.buildAndAssertSuccess(job);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("outsider")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            web.login("reader");
            assertThat(web.goTo("job/release/1/darwin-release/")
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(200);
        }
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            web.login("outsider");
            for (String path : List.of("darwin-release/", "darwin-release/api/json")) {
                assertThat(web.goTo("job/release/1/" + path, null)
                                .getWebResponse()
                                .getStatusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    private WorkflowRun multibranchBuild(JenkinsRule jenkins) throws Exception {
        site.configure();
        DarwinReleasesConfiguration.get().getDefaults().setRepository(null);
        return jenkins.assertBuildStatusSuccess(
                site.multibranchBuild(jenkins, new GitSCMSource(site.repository()), PIPELINE));
    }
}
