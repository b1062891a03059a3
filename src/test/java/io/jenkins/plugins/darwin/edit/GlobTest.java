package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "**/setup.py setup.py true",
                "**/setup.py a/b/setup.py true",
                "**/setup.py a/xsetup.py false",
                "helm/darwin/**/Chart.yaml helm/darwin/Chart.yaml true",
                "helm/darwin/**/Chart.yaml helm/darwin/charts/services/Chart.yaml true",
                "helm/darwin/**/Chart.yaml helm/other/Chart.yaml false",
                "helm/darwin/**/Chart.yaml helm/darwin/my-Chart.yaml false",
                "helm/** helm/a/b true",
                "** a/b true",
            })
    void twoStarsStandForAnyFoldersAndForNone(String glob, String path, boolean matches) {
        assertThat(Glob.parse(glob).matches(path)).isEqualTo(matches);
    }

    /** Everything else is the JDK's own syntax: ask the JDK. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.py",
                "a/*.py",
                "a/?.py",
                "{a,b}/x.py",
                "a/[a-c].py",
                "a/[!a-c].py",
                "a/\\*.py",
                "a.p*",
                "a/b**",
                "[a-z]?.py",
                "a/x.{py,md}",
                "a/(x).py",
                "a+.py",
                "a/,",
                "**.py",
                "a/^x",
                "a/[x^].py",
                "a/[&&].py"
            })
    void otherwiseMatchesWhatTheJdkMatches(String glob) {
        for (String path : new String[] {
            "x.py",
            "a/x.py",
            "a/b.py",
            "b/x.py",
            "a/*.py",
            "a/b/c.py",
            "a.py",
            "a/x.md",
            "a/(x).py",
            "a+.py",
            "aa.py",
            "a/,",
            "a/^x",
            "a/^.py",
            "a/&.py",
            "a/\\.py",
            "a/bb",
            "a/xx"
        }) {
            assertThat(Glob.parse(glob).matches(path))
                    .as("%s on %s", glob, path)
                    .isEqualTo(FileSystems.getDefault()
                            .getPathMatcher("glob:" + glob)
                            .matches(Path.of(path)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/*",
                "../*",
                "a/../b",
                "a//b",
                "a/",
                "./a",
                "[a",
                "a/[b/]c",
                "{a,b",
                "{a,{b}}",
                "a\\",
                ".git/*",
                "a/.GIT/config",
                "a\nb"
            })
    void refusesWhatIsNoPatternOrLeavesTheRepository(String glob) {
        assertThatThrownBy(() -> Glob.parse(glob))
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE))
                .hasMessageStartingWith("Not a pattern for files");
    }

    @Test
    void aQuotedPathMatchesItselfAlone() {
        for (String path : new String[] {"a/{{ cookiecutter.x }}/setup.py", "a[1]*?.py", "ü 1.yaml"}) {
            assertThat(Glob.parse(Glob.quote(path)).matches(path)).isTrue();
        }
        assertThat(Glob.parse(Glob.quote("a*.py")).matches("ab.py")).isFalse();
    }
}
