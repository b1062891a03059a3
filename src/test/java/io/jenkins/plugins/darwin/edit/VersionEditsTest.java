package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionEditsTest {
    @Test
    void allProblemsComeAtOnce() {
        assertThatThrownBy(() -> Edits.of("helm/Chart.yaml", "version: 1.0.0\n")
                        .file("x.yaml", "a: [")
                        .yaml("helm/Chrat.yaml", "version")
                        .yaml("helm/Chart.yaml", "appVersion")
                        .yaml("x.yaml", "a", "b")
                        .plan())
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED))
                .hasMessageContaining(
                        "No file matches 'helm/Chrat.yaml' (2 files looked at); nearest is 'helm/Chart.yaml'")
                .hasMessageContaining("helm/Chart.yaml: no place 'appVersion'")
                .hasMessageContaining("x.yaml:1:")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(4));
    }

    @Test
    void whatIsOptionalMayBeMissing() {
        assertThat(Edits.of("a/Chart.yaml", "name: x\n")
                        .places(PlaceKind.YAML, "**/Chart.yaml", true, "version")
                        .places(PlaceKind.YAML, "none/*", true, "version")
                        .place("a/Chart.yaml", new Place(PlaceKind.YAML, "version", Place.VERSION, true))
                        .plan()
                        .places())
                .isEmpty();
    }

    @Test
    void aWildcardPlaceMayMissSomeFilesButNotAll() {
        Edits edits = Edits.of("a/Chart.yaml", "version: 1.0.0\ndependencies: [{name: b, version: 1.0.0}]\n")
                .file("b/Chart.yaml", "version: 1.0.0\n")
                .yaml("**/Chart.yaml", "version", "dependencies[*].version");
        assertThat(edits.plan().places()).hasSize(3);
        assertThatThrownBy(() -> Edits.of("b/Chart.yaml", "version: 1.0.0\n")
                        .yaml("**/Chart.yaml", "dependencies[*].version")
                        .plan())
                .hasMessageContaining("b/Chart.yaml: no place 'dependencies[*].version': no key 'dependencies'");
        assertThatThrownBy(() -> Edits.of("b/Chart.yaml", "dependencies: [{version: 1, repository: https://x}]\n")
                        .yaml("**/Chart.yaml", "dependencies[repository^=file://].version")
                        .plan())
                .hasMessageContaining("none of the 1 items of dependencies fits");
    }

    @Test
    void onePlaceCantHaveTwoValues() {
        assertThatThrownBy(() -> Edits.of("f.yaml", "a: 1\n")
                        .yaml("f.yaml", "a")
                        .place("f.yaml", new Place(PlaceKind.YAML, "*", "${registry.staging}"))
                        .plan())
                .hasMessageContaining("f.yaml:1: a would become both '1.3.0' (as a) and '127.0.0.1:5000/staging'");
        assertThat(Edits.of("f.yaml", "a: 1\n")
                        .yaml("f.yaml", "a", "*")
                        .places(PlaceKind.REGEX, "f.yaml", false, "a: (.+)")
                        .after("f.yaml"))
                .isEqualTo("a: 1.3.0\n");
    }

    @Test
    void whatHoldsItsValueAlreadyIsNoChange() {
        EditPlan plan = Edits.of("f.yaml", "a: '1.3.0'\n").yaml("f.yaml", "a").plan();
        assertThat(plan.contents()).isEmpty();
        assertThat(plan.places())
                .singleElement()
                .satisfies(p -> assertThat(p.changed()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "a.", "a..b", "a[", "a[x]", "a[-1]", "a\"b", "\"a", "a.[0]", "a b[", "a[k=v"})
    void whatIsNoPathIsRefused(String path) {
        assertThatThrownBy(() -> PlacePath.parse(path)).hasMessageStartingWith("Not a place: '");
    }

    @Test
    void pathsReachIndexesAndFilters() {
        String list = "l:\n- {n: a, v: 1}\n- {n: \"b c\", v: 1}\n- {n: d, v: 1}\n";
        assertThat(Edits.of("f", list).yaml("f", "l[1].v").after("f"))
                .isEqualTo(list.replace("c\", v: 1", "c\", v: 1.3.0"));
        assertThat(Edits.of("f", list).yaml("f", "l[n=\"b c\"].v").after("f"))
                .isEqualTo(list.replace("c\", v: 1", "c\", v: 1.3.0"));
        assertThat(Edits.of("f", list).yaml("f", "l[n=d].v").after("f"))
                .isEqualTo(list.replace("d, v: 1", "d, v: 1.3.0"));
    }

    @Test
    void placeholdersAreThoseThatExist() {
        Placeholders.check("a ${version} ${registry.release}/x");
        assertThatThrownBy(() -> Placeholders.check("${verison}"))
                .hasMessageContaining("'${verison}'")
                .hasMessageContaining("nearest is ${version}");
        assertThatThrownBy(() -> Placeholders.check("${version")).hasMessageContaining("without its '}'");
    }

    /** Whatever surrounds a value stays, byte by byte: the result differs from the source in the marked spots only. */
    @Test
    void randomFormattingSurvives() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            String template = document(random);
            String before = template.replace("\u0001", "1.0.0");
            String expected = template.replace("\u0001", "1.3.0");
            assertThat(Edits.of("f.yaml", before)
                            .yaml("f.yaml", "version", "services.*.tag", "list[*].\"the.tag\"")
                            .after("f.yaml"))
                    .as("seed %d:%n%s", seed, before)
                    .isEqualTo(expected);
        }
    }

    private static String document(Random random) {
        String eol = random.nextBoolean() ? "\n" : "\r\n";
        StringBuilder out = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        noise(random, out, "", eol);
        out.append(pick(random, "version", "\"version\"", "'version'"))
                .append(pick(random, ":", " :"))
                .append(value(random))
                .append(eol);
        noise(random, out, "", eol);
        out.append("services:").append(eol);
        for (int i = 0; i <= random.nextInt(4); i++) {
            String indent = "  ";
            if (random.nextBoolean()) {
                out.append(indent)
                        .append("s")
                        .append(i)
                        .append(": { a: \"x: {\", tag:")
                        .append(value(random).split(" +#")[0])
                        .append(" , b: [1,2] }")
                        .append(eol);
            } else {
                out.append(indent)
                        .append("s")
                        .append(i)
                        .append(":")
                        .append(pick(random, "", "   # ünï 😀"))
                        .append(eol);
                noise(random, out, indent.repeat(2), eol);
                out.append(indent.repeat(2))
                        .append("tag:")
                        .append(value(random))
                        .append(eol);
                out.append(indent.repeat(2)).append("other: 1.0.0").append(eol);
            }
        }
        out.append("list:")
                .append(eol)
                .append(pick(random, "", "  "))
                .append("- the.tag:")
                .append(value(random));
        return out.append(pick(random, "", eol, eol + eol + "# end")).toString();
    }

    private static void noise(Random random, StringBuilder out, String indent, String eol) {
        for (int i = 0; i < random.nextInt(3); i++) {
            out.append(indent)
                    .append(pick(
                            random,
                            "# version: 1.0.0",
                            "",
                            "k" + random.nextInt(99_999) + ": 'ä 1.0.0 😀'",
                            "t" + random.nextInt(99_999) + ": |" + eol + indent + "   version: 1.0.0" + eol + indent
                                    + "   # x"))
                    .append(eol);
        }
    }

    private static String value(Random random) {
        return pick(random, " ", "   ", " !!str ", " &a" + random.nextInt(99_999) + " ")
                + pick(random, "\u0001", "'\u0001'", "\"\u0001\"")
                + pick(random, "", " # was 0.9.0", "   ");
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
