package io.jenkins.plugins.darwin.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.jenkins.site.ReleaseSite;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each step through its form, and as the Snippet Generator writes it. */
@WithJenkins
class SnippetTest {
    @Test
    void formsKeepAllFields(JenkinsRule jenkins) throws Exception {
        ReleaseSite.add(ReleaseSite.registryCredentials("registry"));
        ReleaseSite.add(ReleaseSite.signingKey("signing-key"));
        StepConfigTester forms = new StepConfigTester(jenkins);
        for (ReleaseStep step : steps()) {
            boolean signs = step.work().signs();
            step.setConfig("release.yaml");
            step.setRepository("https://git.example.org/darwin.git");
            step.setGitCredentials("registry"); // a username with password will do for both
            step.setRegistryCredentials("registry");
            if (signs) {
                step.setSigningKey("signing-key");
            }
            step.setDryRun(true);
            ReleaseStep back = forms.configRoundTrip(step);
            jenkins.assertEqualDataBoundBeans(step, back);
            assertThat(back.getSigningKey()).isEqualTo(signs ? "signing-key" : null);
        }
    }

    @Test
    void emptyFormIsTheVersionAlone(JenkinsRule jenkins) throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        for (ReleaseStep step : steps()) {
            String name = step.getDescriptor().getFunctionName();
            snippets.assertRoundTrip(step, name + " '1.3.0'");
            assertThat(step.getDescriptor().getDisplayName()).isNotBlank();
        }
        snippets.assertRoundTrip(
                new StepConfigTester(jenkins).configRoundTrip(new SignStep("1.3.0")), "darwinSign '1.3.0'");
        SignStep full = new SignStep("1.3.0");
        full.setSigningKey("release-key");
        full.setDryRun(true);
        snippets.assertRoundTrip(full, "darwinSign dryRun: true, signingKey: 'release-key', version: '1.3.0'");
    }

    private static List<ReleaseStep> steps() {
        return List.of(
                new CutReleaseStep("1.3.0"), new BuildRcStep("1.3.0"), new SignStep("1.3.0"), new PromoteStep("1.3.0"));
    }
}
