package io.jenkins.plugins.darwin.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Result;
import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import io.jenkins.plugins.darwin.jenkins.site.SiteTest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Users' mistakes: one line that says what to do, no stack trace, nothing made, and the next run goes on. */
@WithJenkins
class BadInputTest extends SiteTest {
    @Test
    void eachMistakeIsOneLine(JenkinsRule jenkins) throws Exception {
        site.configure();
        Map<String, String> mistakes = new LinkedHashMap<>();
        mistakes.put("darwinCutRelease 1.3", "The version 1.3 is a number");
        mistakes.put("darwinBuildRc version: 1", "The version 1 is a number");
        mistakes.put(
                "darwinCutRelease version: '1.3.0', rc: 2", "darwinCutRelease has no argument 'rc': expected one of");
        mistakes.put("darwinCutRelease()", "version");
        mistakes.put("darwinCutRelease ''", "version");
        mistakes.put("darwinCutRelease 'one'", "'one'");
        mistakes.put("darwinCutRelease '1.3.0-RC1'", "1.3.0-RC1");
        mistakes.put("darwinCutRelease '../1.3.0'", "../1.3.0");
        mistakes.put("darwinCutRelease version: '1.3.0', repository: '/nowhere/at/all.git'", "/nowhere/at/all.git");
        mistakes.put(
                "darwinCutRelease version: '1.3.0', config: 'nothing.yaml'",
                "There is no file nothing.yaml in the workspace");
        mistakes.put(
                "darwinCutRelease version: '1.3.0', config: '../../secret.yaml'", "expected a path in the workspace");
        mistakes.put(
                "writeFile file: 'bad.yaml', text: 'trunc: main'; darwinCutRelease version: '1.3.0', config: 'bad.yaml'",
                "trunk");
        mistakes.put(
                "darwinCutRelease version: '1.3.0', gitCredentials: 'nobody'", "There are no credentials 'nobody'");
        mistakes.put(
                "darwinCutRelease version: '1.3.0', gitCredentials: 'signing-key'",
                "'signing-key' are of the wrong kind");
        mistakes.put(
                "darwinBuildRc version: '1.3.0', registryCredentials: 'signing-key'",
                "'signing-key' are of the wrong kind");
        mistakes.put("darwinSign version: '1.3.0', signingKey: 'registry'", "'registry' are of the wrong kind");
        mistakes.put("darwinBuildRc '1.3.0'", "release/1.3.0");
        mistakes.put("darwinSign '1.3.0'", "1.3.0");
        mistakes.put("darwinPromote '1.3.0'", "1.3.0");
        mistakes.put(
                "darwinAwaitVote 1.3",
                "The version 1.3 is a number: expected a text, X.Y.Z in quotes; write darwinAwaitVote '1.3.0'");
        mistakes.put(
                "darwinAwaitVote version: '1.3.0', quorom: 2",
                "darwinAwaitVote has no argument 'quorom': expected one of");
        mistakes.put("darwinAwaitVote()", "No version given: expected X.Y.Z");
        mistakes.put("darwinAwaitVote version: '1.3.0', signingKey: 'registry'", "'registry' are of the wrong kind");
        mistakes.put("darwinAwaitVote version: '1.3.0', until: 'tomorrow'", "There is no signed candidate of 1.3.0");
        SortedMap<String, String> before = site.state();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "mistakes");
        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            ReleaseSite.script(job, "node { " + mistake.getKey() + " }");
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            ReleaseSite.assertOneLine(mistake.getKey(), build, mistake.getValue());
        }
        assertThat(site.state()).isEqualTo(before);
        ReleaseSite.script(job, "node { darwinCutRelease '1.3.0' }");
        jenkins.buildAndAssertSuccess(job);
    }

    /** A key of one folder is none in the next. */
    @Test
    void folderKeepsItsCredentials(JenkinsRule jenkins) throws Exception {
        site.configure();
        Folder owner = jenkins.createProject(Folder.class, "owner");
        Folder other = jenkins.createProject(Folder.class, "other");
        for (var store : CredentialsProvider.lookupStores(owner)) {
            if (store.getContext() == owner) {
                store.addCredentials(Domain.global(), ReleaseSite.signingKey("folder-key"));
            }
        }
        String script =
                "node { darwinCutRelease '1.3.0'; darwinBuildRc '1.3.0'; darwinSign version: '1.3.0', signingKey: 'folder-key' }";
        WorkflowJob stranger = ReleaseSite.script(other.createProject(WorkflowJob.class, "job"), script);
        ReleaseSite.assertOneLine(
                script,
                jenkins.buildAndAssertStatus(Result.FAILURE, stranger),
                "There are no credentials 'folder-key'");
        WorkflowJob own = ReleaseSite.script(owner.createProject(WorkflowJob.class, "job"), script);
        jenkins.buildAndAssertSuccess(own);
        var used = CredentialsProvider.getFingerprintOf(CredentialsProvider.findCredentialById(
                "folder-key", com.cloudbees.plugins.credentials.common.StandardCredentials.class, own.getLastBuild()));
        assertThat(used).as("the use of the key is tracked").isNotNull();
        assertThat(used.getJobs()).contains("owner/job");
    }

    @Test
    void withoutDefaultsTheStepSaysWhatIsMissing(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = ReleaseSite.job(jenkins, "bare", "node { darwinCutRelease '1.3.0' }");
        ReleaseSite.assertOneLine(
                "no repository", jenkins.buildAndAssertStatus(Result.FAILURE, job), "No repository given");
        ReleaseSite.script(job, "node { darwinSign version: '1.3.0', repository: '" + site.repository() + "' }");
        ReleaseSite.assertOneLine("no key", jenkins.buildAndAssertStatus(Result.FAILURE, job), "No signing key given");
        ReleaseSite.script(
                job,
                "node { darwinCutRelease version: '1.3.0', repository: '" + site.repository()
                        + "'; darwinBuildRc version: '1.3.0', repository: '" + site.repository() + "' }");
        ReleaseSite.assertOneLine(
                "no login",
                jenkins.buildAndAssertStatus(Result.FAILURE, job),
                site.proxy().host());
    }
}
