package io.jenkins.plugins.darwin.jenkins.library;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.site.SiteTest;
import io.jenkins.plugins.darwin.jenkins.vote.VotePermissions;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code darwinRelease} and {@code darwinHotfix}, as every pipeline finds them: no library is configured anywhere. */
@WithJenkins
class DarwinReleaseTest extends SiteTest {
    private static final String RELEASE = """
            def release = darwinRelease(version: '1.3.0', agent: 'linux', agents: [promote: 'trusted'],
                    vote: [closeEarly: true, minHours: 0],
                    stages: [build: { known, build ->
                        echo "before the build on ${known.cut.branch}"
                        def built = build()
                        echo "built ${built.tag}"
                        return built
                    }])
            echo "released ${release.promoted.tag} as ${release.candidate.tag} ${release.signed.digest} ${release.vote.outcome}"
            """;

    /** The whole of P2 to P6; the first candidate is vetoed, the second one ships. */
    @Test
    void releasesWhatTheVotersLetPass(JenkinsRule jenkins) throws Exception {
        site.configure();
        secure(jenkins);
        jenkins.waitOnline(jenkins.createSlave("worker", "linux", null));
        jenkins.waitOnline(jenkins.createSlave("vault", "trusted", null));
        WorkflowRun build =
                ReleaseSite.job(jenkins, "release", RELEASE).scheduleBuild2(0).waitForStart();

        jenkins.waitForMessage("Bring fixes of blockers from trunk to release/1.3.0, then go on.", build);
        assertThat(site.state())
                .containsKey("refs/heads/release/1.3.0")
                .doesNotContainKey("staging/darwin-release:1.3.0-RC1");
        build.getAction(InputAction.class).getExecutions().get(0).proceed((Object) null);

        jenkins.waitForMessage("Vote on 1.3.0-RC1", build);
        cast(jenkins, "1.3.0-RC1", "carol", "-1", "The scheduler loses jobs.");
        jenkins.waitForMessage("Build the next candidate", build);
        jenkins.assertLogContains(
                "1.3.0-RC1 did not pass. Fix the blockers on trunk, bring the fixes to release/1.3.0", build);
        site.project().backport();
        build.getAction(InputAction.class).getExecutions().get(0).proceed((Object) null);

        jenkins.waitForMessage("Vote on 1.3.0-RC2", build);
        assertThat(site.tags()).doesNotContainKey("darwin/darwin-release:1.3.0");
        for (String voter : List.of("alice", "bob", "carol")) {
            cast(jenkins, "1.3.0-RC2", voter, "+1", "I tried it.");
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        String digest = site.tags().get("staging/darwin-release:1.3.0-RC2");
        assertThat(site.tags())
                .containsEntry("darwin/darwin-release:1.3.0", digest)
                .doesNotContainEntry("staging/darwin-release:1.3.0-RC1", digest);
        assertThat(site.state()).containsKey("refs/tags/v1.3.0");
        assertThat(JenkinsRule.getLog(build)
                        .lines()
                        .filter(DarwinReleaseTest::isMilestone)
                        .map(l -> l.replaceFirst(" in /.*", "")))
                .containsExactly(
                        "[Pipeline] { (Cut 1.3.0)",
                        "Running on worker",
                        "[Pipeline] { (Stabilise release/1.3.0)",
                        "[Pipeline] { (Build candidate)",
                        "Running on worker",
                        "before the build on release/1.3.0",
                        "built 1.3.0-RC1",
                        "[Pipeline] { (Sign and stage)",
                        "Running on worker",
                        "[Pipeline] { (Vote on 1.3.0-RC1)",
                        "[Pipeline] { (Mend 1.3.0-RC1)",
                        "[Pipeline] { (Build candidate)",
                        "Running on worker",
                        "before the build on release/1.3.0",
                        "built 1.3.0-RC2",
                        "[Pipeline] { (Sign and stage)",
                        "Running on worker",
                        "[Pipeline] { (Vote on 1.3.0-RC2)",
                        "[Pipeline] { (Promote 1.3.0-RC2)",
                        "Running on vault",
                        "released v1.3.0 as 1.3.0-RC2 " + digest + " PASSED");
        jenkins.assertLogContains("Loading library darwin@", build);

        WorkflowJob hotfix =
                ReleaseSite.job(jenkins, "hotfix", "darwinHotfix(version: '1.3.1', name: 'security', agent: 'linux')");
        WorkflowRun fixing = hotfix.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Bring the fix to hotfix/1.3.1-security, then go on.", fixing);
        assertThat(site.state()).containsKey("refs/heads/hotfix/1.3.1-security");
        fixing.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(fixing));
    }

    @Test
    void dryRunsMakeNothing(JenkinsRule jenkins) throws Exception {
        site.configure();
        Map<String, String> before = site.state();
        WorkflowRun build = jenkins.buildAndAssertSuccess(
                ReleaseSite.job(jenkins, "dry", "darwinRelease(version: '1.3.0', dryRun: true)"));
        jenkins.assertLogContains("release/1.3.0", build);
        jenkins.assertLogContains("A dry run ends here: without a branch", build);
        assertThat(site.state()).isEqualTo(before);
        site.project().cut();
        before = site.state();
        jenkins.assertLogContains(
                "A dry run ends here: without a candidate",
                jenkins.buildAndAssertSuccess(jenkins.jenkins.getItemByFullName("dry", WorkflowJob.class)));
        assertThat(site.state()).isEqualTo(before);
    }

    @Test
    void eachMistakeIsOneLineAndComesFirst(JenkinsRule jenkins) throws Exception {
        site.configure();
        Map<String, String> mistakes = new LinkedHashMap<>();
        mistakes.put("darwinRelease()", "No version given: expected text");
        mistakes.put("darwinRelease(version: 1.3)", "No version given: expected text");
        mistakes.put(
                "darwinRelease(version: '1.3.0', quorum: 2)",
                "darwinRelease has no option 'quorum': expected one of version, ");
        mistakes.put(
                "darwinRelease(version: '1.3.0', stages: [test: {}])",
                "A release has no stage 'test': expected one of cut, ");
        mistakes.put(
                "darwinRelease(version: '1.3.0', agents: [tset: 'linux'])",
                "A release has no stage 'tset': expected one of cut, ");
        mistakes.put("darwinHotfix(version: '1.3.1')", "No name given: expected text");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "mistakes");
        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            ReleaseSite.script(job, mistake.getKey());
            ReleaseSite.assertOneLine(
                    mistake.getKey(), jenkins.buildAndAssertStatus(Result.FAILURE, job), mistake.getValue());
        }
    }

    private static boolean isMilestone(String line) {
        return line.startsWith("[Pipeline] { (")
                || line.startsWith("Running on ")
                || line.matches("(before the build|built|released) .*");
    }

    private static void secure(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, VotePermissions.VOTE)
                .everywhere()
                .to("alice", "bob", "carol"));
    }

    /** As the vote's page sends it. */
    private void cast(JenkinsRule jenkins, String candidate, String voter, String choice, String reason)
            throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().login(voter)) {
            WebRequest request = new WebRequest(
                    new URL(jenkins.getURL(), "job/release/1/darwin-vote/" + candidate + "/vote"), HttpMethod.POST);
            request.setRequestParameters(List.of(
                    new NameValuePair("choice", choice),
                    new NameValuePair("reason", reason),
                    new NameValuePair("digest", site.tags().get("staging/darwin-release:" + candidate))));
            assertThat(web.getPage(web.addCrumb(request)).getWebResponse().getStatusCode())
                    .isEqualTo(201);
        }
    }
}
