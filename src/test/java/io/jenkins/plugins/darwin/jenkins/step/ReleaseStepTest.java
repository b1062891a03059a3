package io.jenkins.plugins.darwin.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.jenkins.remote.ReleaseWork;
import org.junit.jupiter.api.Test;

class ReleaseStepTest {
    /** Forms send empty texts for what nobody filled in. */
    @Test
    void emptyArgumentsAreNone() {
        SignStep step = new SignStep(" 1.3.0 ");
        step.setConfig("");
        step.setRepository(" ");
        step.setGitCredentials("");
        step.setRegistryCredentials("");
        step.setSigningKey(" release-key ");
        assertThat(step.getVersion()).isEqualTo("1.3.0");
        assertThat(step.getConfig()).isNull();
        assertThat(step.getRepository()).isNull();
        assertThat(step.getGitCredentials()).isNull();
        assertThat(step.getRegistryCredentials()).isNull();
        assertThat(step.getSigningKey()).isEqualTo("release-key");
    }

    @Test
    void cutMakesAHotfixWhenItHasAName() {
        CutReleaseStep step = new CutReleaseStep("1.3.1");
        step.setHotfix("");
        assertThat(step.work()).isEqualTo(ReleaseWork.CUT);
        step.setHotfix("security-fix");
        assertThat(step.work()).isEqualTo(ReleaseWork.HOTFIX);
    }

    @Test
    void onlySigningAndPromotingNeedAKey() {
        assertThat(new CutReleaseStep("1.3.0").work().signs()).isFalse();
        assertThat(new BuildRcStep("1.3.0").work().signs()).isFalse();
        assertThat(new SignStep("1.3.0").work().signs()).isTrue();
        assertThat(new PromoteStep("1.3.0").work().signs()).isTrue();
    }
}
