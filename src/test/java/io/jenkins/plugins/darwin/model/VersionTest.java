package io.jenkins.plugins.darwin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void readsAVersionAndNamesItsTagAndBranches() {
        Version version = Version.parse("1.3.0");
        assertThat(version).isEqualTo(new Version(1, 3, 0)).hasToString("1.3.0");
        assertThat(version.tag()).isEqualTo("v1.3.0");
        assertThat(version.releaseBranch()).isEqualTo("release/1.3.0");
        assertThat(version.hotfixBranch("security-fix")).isEqualTo("hotfix/1.3.0-security-fix");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.3",
                "01.3.0",
                "1.3.0;rm -rf /",
                "v1.3.0",
                "1.3.0-RC1",
                "1.3.0+build",
                "",
                " 1.3.0",
                "1.3.0\n",
                "1.-3.0",
                "99999999999999999999.0.0",
                "../1.3.0"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Version.parse(text))
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE))
                .hasMessageContaining("X.Y.Z")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a..b", "a/b", "A", "-a", "a--b", "a b"})
    void refusesHotfixNamesThatAreNoSlugs(String slug) {
        assertThatThrownBy(() -> new Version(1, 3, 1).hotfixBranch(slug)).isInstanceOf(ReleaseException.class);
    }

    @Test
    void ordersByNumberNotByText() {
        assertThat(Version.parse("1.10.0")).isGreaterThan(Version.parse("1.9.9"));
        assertThat(Version.parse("1.2.9").sameLine(Version.parse("1.2.0"))).isTrue();
        assertThat(Version.parse("1.2.9").sameLine(Version.parse("1.3.0"))).isFalse();
    }

    @Test
    void readsCandidateTagsOnlyInTheirOneForm() {
        assertThat(CandidateId.ofTag("1.3.0-RC2")).contains(new CandidateId(new Version(1, 3, 0), 2));
        assertThat(CandidateId.ofTag("1.3.0-RC0")).isEmpty();
        assertThat(CandidateId.ofTag("1.3.0-rc1")).isEmpty();
        assertThat(CandidateId.ofTag("1.3.0")).isEmpty();
        assertThat(Version.ofTag("v1.2.0")).contains(new Version(1, 2, 0));
        assertThat(Version.ofTag("vendor")).isEmpty();
    }
}
