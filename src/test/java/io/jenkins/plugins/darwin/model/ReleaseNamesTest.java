package io.jenkins.plugins.darwin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseNamesTest {
    private static final Version V = Version.parse("1.2.0");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1.2.0",
                "1.2.0",
                "demo-v1.2.0",
                "demo-1.2.0",
                "demo/v1.2.0",
                "release-1.2.0",
                "release/1.2.0",
                "demo@1.2.0"
            })
    void theUsualTagsOfEarlierReleasesAreKnown(String tag) {
        ReleaseNames names = ReleaseNames.defaults("demo");
        assertThat(names.versionOf(tag)).contains(V);
        assertThat(names.tags(V)).contains(tag);
        assertThat(names.tag(V)).isEqualTo("v1.2.0");
        assertThat(names.branch(V)).isEqualTo("release/1.2.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"v1.2", "v1.2.0-rc.1", "other-v1.2.0", "v01.2.0", "xv1.2.0", "v1.2.0.1", "v1.2.0 ", "latest", ""
            })
    void othersAreNoReleases(String tag) {
        assertThat(ReleaseNames.defaults("demo").versionOf(tag)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v${version}, v1.2.0, 1.2.0, demo-v1.2.0",
        "${version}, 1.2.0, v1.2.0, release-1.2.0",
        "${project}-v${version}, demo-v1.2.0, demo-1.2.0, v1.2.0",
        "rel_${major}.${minor}.${patch}, rel_1.2.0, rel_v1.2.0, 1.2.0"
    })
    void aPatternIsMadeAndKnownWithAndWithoutItsV(String pattern, String made, String known, String foreign) {
        ReleaseNames names = new ReleaseNames("demo", Optional.of(pattern), Optional.empty());
        assertThat(names.tag(V)).isEqualTo(made);
        assertThat(names.versionOf(made)).contains(V);
        assertThat(names.versionOf(known)).contains(V);
        assertThat(names.versionOf(foreign)).isEmpty();
        assertThat(names.tags(V)).startsWith(made).contains(known);
    }

    @Test
    void aBranchOfALineIsSharedByItsVersions() {
        ReleaseNames line = new ReleaseNames("demo", Optional.empty(), Optional.of("release-${major}.${minor}"));
        assertThat(line.branch(V)).isEqualTo("release-1.2");
        assertThat(line.sharedBranch()).isTrue();
        assertThat(new ReleaseNames("demo", Optional.empty(), Optional.of("rel-${version}")).sharedBranch())
                .isFalse();
        assertThat(ReleaseNames.defaults("demo").sharedBranch()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v",
                "v${major}.${minor}",
                "-${version}",
                "a b ${version}",
                "${version}/",
                "x..${version}",
                "${versio}${version}"
            })
    void patternsThatNameNothingAreRefused(String pattern) {
        assertThatThrownBy(() -> ReleaseNames.requireTag(pattern))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("found '");
    }

    @Test
    void theFormThatMostTagsHaveIsFound() {
        assertThat(ReleaseNames.find("demo", List.of("1.0.0", "1.1.0", "v1.2.0", "nightly")))
                .contains("${version}");
        assertThat(ReleaseNames.find("demo", List.of("demo-v1.0.0", "other-v9.0.0")))
                .contains("${project}-v${version}");
        assertThat(ReleaseNames.find("demo", List.of("v1.0.0", "1.0.0"))).contains("v${version}");
        assertThat(ReleaseNames.find("demo", List.of("nightly"))).isEmpty();
    }
}
