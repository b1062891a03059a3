package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.Random;
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
                "a/[&&].py",
                "{a,b/x}.py",
                "{,a/}*.py",
                "a/{x,x.py}{,.md}",
                "{a/x.*,b*}",
                "**{.py,/xx}",
                "a[!b]x.py",
                "[a-]*",
                "a?x.py"
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

    /** Each of these keeps a matcher that goes back busy for years. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"*a 30 b", "**a 30 b", "**/ 40 b", "{a,aa} 60 b", "{?,a}{?,b} 60 c", "a* 100 /x", "?* 100 b"})
    void noPatternKeepsTheMatcherBusy(String part, int times, String end) {
        Glob glob = Glob.parse(part.repeat(times) + end);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(glob.matches("a".repeat(4_000) + "c")).isFalse();
            assertThat(glob.matches("a/".repeat(2_000) + "c" + end + "c")).isFalse();
            assertThat(glob.matches("a/".repeat(2_000) + "c")).isFalse();
        });
    }

    /** What a path has to begin and end with is looked at first; it must not leave out anything. */
    @Test
    void randomPatternsMatchWhatTheJdkMatches() {
        String[] parts = {"a", "b", "/", "*", "?", "{a,b}", "{ab,}", "[ab]", "[!a]", "**", ".", "c/", "\\*"};
        int matched = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder glob = new StringBuilder("a");
            for (int i = 0; i < 5; i++) {
                glob.append(parts[random.nextInt(parts.length)]);
            }
            // Two slashes, or one at the end, are refused; **/ and *** are ours, or nobody's.
            if (glob.toString().matches("(?s).*(?:/|//.*|/\\..*|\\*\\*/.*|\\*{3,}.*)")) {
                continue;
            }
            Glob ours = Glob.parse(glob.toString());
            PathMatcher jdk = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            for (int i = 0; i < 30; i++) {
                StringBuilder path = new StringBuilder("a");
                for (int c = 0; c < 1 + random.nextInt(6); c++) {
                    path.append("aabb/.c*".charAt(random.nextInt(8)));
                }
                String normal = Path.of(path.toString()).toString();
                matched += ours.matches(normal) ? 1 : 0;
                assertThat(ours.matches(normal)).as("%s on %s", glob, normal).isEqualTo(jdk.matches(Path.of(normal)));
            }
        }
        assertThat(matched).isGreaterThan(1_000);
    }

    @Test
    void aQuotedPathMatchesItselfAlone() {
        for (String path : new String[] {"a/{{ cookiecutter.x }}/setup.py", "a[1]*?.py", "ü 1.yaml"}) {
            assertThat(Glob.parse(Glob.quote(path)).matches(path)).isTrue();
        }
        assertThat(Glob.parse(Glob.quote("a*.py")).matches("ab.py")).isFalse();
    }
}
