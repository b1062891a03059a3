package io.jenkins.plugins.darwin.jenkins.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.ReleaseException;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void namesStepsWhereTheEngineNamesItsCommands() {
        assertThat(Answer.failed(ReleaseException.refused("No branch release/1.3.0; run 'darwin cut 1.3.0' first.")).failure())
                .isEqualTo("No branch release/1.3.0; run darwinCutRelease '1.3.0' first.");
        assertThat(Answer.inSteps("Run 'darwin build-rc 1.3.0', then hold the vote ('darwin vote 1.3.0 open'), then promote."))
                .isEqualTo("Run darwinBuildRc '1.3.0', then hold the vote (darwinAwaitVote '1.3.0'), then promote.");
        assertThat(Answer.inSteps("expected a file KEYS on trunk ('darwin key export KEYS')")).contains("'darwin key export KEYS'");
    }
}
