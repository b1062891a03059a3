package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingTest {
    @Test
    void aReferenceInItsParts() {
        Staging.Reference reference = Staging.Reference.parse("127.0.0.1:5000/staging/darwin-release:1.3.0-RC2");
        assertThat(reference.location()).isEqualTo("127.0.0.1:5000/staging");
        assertThat(reference.project()).isEqualTo("darwin");
        assertThat(reference.candidate()).hasToString("1.3.0-RC2");
        assertThat(Staging.Reference.parse("oci-layout:/x/staging/a-release-release:1.0.0-RC1").project()).isEqualTo("a-release");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "darwin-release:1.3.0-RC1", "host:5000/darwin-release", "host/darwin:1.3.0-RC1", "host/x-release:latest"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Staging.Reference.parse(text)).isInstanceOf(ReleaseException.class);
    }
}
