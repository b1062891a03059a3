package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
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
        assertThat(reference.name()).contains(CandidateId.parse("1.3.0-RC2"));
        assertThat(Staging.Reference.parse("oci-layout:/x/staging/a-release-release:1.0.0-RC1")
                        .project())
                .isEqualTo("a-release");
    }

    /** What darwinSign returns. */
    @Test
    void aReferenceByDigest() {
        String digest = "sha256:" + "ab".repeat(32);
        Staging.Reference reference = Staging.Reference.parse("127.0.0.1:5000/staging/darwin-release@" + digest);
        assertThat(reference.location()).isEqualTo("127.0.0.1:5000/staging");
        assertThat(reference.project()).isEqualTo("darwin");
        assertThat(reference.name()).isEmpty();
        assertThat(reference.digest()).contains(Digest.parse(digest));
    }

    @Test
    void aFolderOfTheControllerIsNoStaging() {
        assertThatThrownBy(() -> ControllersOwn.permitted("oci-layout:/var/lib/jenkins/jobs"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("expected a registry server");
        ControllersOwn.permitted("registry.example.org/staging");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host/x-release@sha256:12",
                "host/x-release@latest",
                "darwin-release:1.3.0-RC1",
                "host:5000/darwin-release",
                "host/darwin:1.3.0-RC1",
                "host/x-release:latest"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Staging.Reference.parse(text)).isInstanceOf(ReleaseException.class);
    }
}
