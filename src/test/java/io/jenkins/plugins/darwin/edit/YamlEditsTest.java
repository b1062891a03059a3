package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.edit.EditPlan.EditedPlace;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditsTest {
    private static final String CHART = """
            apiVersion: v2
            name: darwin   # the platform
            # version: 0.9.0 is not it
            version: 1.0.0 # moves with the release
            appVersion: "2.0.0"

            dependencies:
              - name: services
                version: 1.0.0
                repository: "file://./charts/services"
              - name: ingress-nginx
                version: 4.10.1
                repository: https://kubernetes.github.io/ingress-nginx
            """;

    @Test
    void bumpsAChartAndItsOwnSubChartsAlone() {
        Edits edits = Edits.of("helm/darwin/Chart.yaml", CHART)
                .yaml(
                        "helm/darwin/**/Chart.yaml",
                        "version",
                        "appVersion",
                        "dependencies[repository^=file://].version");
        assertThat(edits.after("helm/darwin/Chart.yaml"))
                .isEqualTo(CHART.replace("\nversion: 1.0.0", "\nversion: 1.3.0")
                        .replace("\"2.0.0\"", "\"1.3.0\"")
                        .replace("    version: 1.0.0", "    version: 1.3.0"));
        assertThat(edits.plan().places())
                .containsExactly(
                        new EditedPlace("helm/darwin/Chart.yaml", 4, "version", "1.0.0", "1.3.0"),
                        new EditedPlace("helm/darwin/Chart.yaml", 5, "appVersion", "2.0.0", "1.3.0"),
                        new EditedPlace("helm/darwin/Chart.yaml", 9, "dependencies[0].version", "1.0.0", "1.3.0"));
    }

    @Test
    void bumpsEveryImageOfTheServices() {
        String values = """
                services:
                  chronos:
                    image: {registry: localhost:5000, name: chronos, tag: latest}   # flow
                  "darwin.compute":
                    image:
                      registry: 'localhost:5000'
                      tag: "latest"
                """;
        Edits edits = Edits.of("values.yaml", values)
                .yaml("values.yaml", "services.*.image.tag")
                .place("values.yaml", new Place(PlaceKind.YAML, "services.*.image.registry", "${registry.release}"));
        assertThat(edits.after("values.yaml")).isEqualTo("""
                services:
                  chronos:
                    image: {registry: registry.example.org:5000/darwin, name: chronos, tag: 1.3.0}   # flow
                  "darwin.compute":
                    image:
                      registry: 'registry.example.org:5000/darwin'
                      tag: "1.3.0"
                """);
        assertThat(edits.plan().places())
                .extracting(EditedPlace::path)
                .contains("services.\"darwin.compute\".image.tag");
    }

    @Test
    void keepsCarriageReturnsByteOrderMarkAndAMissingFinalNewline() {
        String before = "\uFEFFname: \uD83D\uDE00 x\r\nversion:   1.0.0\t# c\r\nlast: 'v'";
        assertThat(Edits.of("Chart.yaml", before).yaml("Chart.yaml", "version").after("Chart.yaml"))
                .isEqualTo(before.replace("1.0.0", "1.3.0"));
        assertThat(Edits.of("Chart.yaml", "a: 1\r\nversion: 1.0.0")
                        .yaml("Chart.yaml", "version")
                        .after("Chart.yaml"))
                .isEqualTo("a: 1\r\nversion: 1.3.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v: 1.0.0|1.10|v: \"1.10\"", // a float: 1.1
                "v: 1.0.0|1.3|v: \"1.3\"",
                "v: 1.0.0|true|v: \"true\"",
                "v: 1.0.0|no|v: \"no\"", // YAML 1.1
                "v: 1.0.0|12:30|v: \"12:30\"", // YAML 1.1: a number to the base of 60
                "v: 1.0.0|2026-01-02|v: \"2026-01-02\"",
                "v: 1.0.0|1e3|v: \"1e3\"",
                "v: 1.0.0|null|v: \"null\"",
                "v: 1.0.0|1.3.0-RC1|v: 1.3.0-RC1",
                "v: 1.0.0|a, b|v: \"a, b\"",
                "v: 1.0.0|a: b|v: \"a: b\"",
                "v: 1.0.0|a #b|v: \"a #b\"",
                "v: 1.0.0|*x|v: \"*x\"",
                "v: '1.0.0'|it's|v: 'it''s'",
                "v: \"1.0.0\"|a\"b\\|v: \"a\\\"b\\\\\"",
                "v: 1.10|1.3.0|v: 1.3.0",
                "v:|1.3.0|v: 1.3.0",
                "v: # none yet|1.3.0|v: 1.3.0 # none yet",
                "v: !!str 1.0|1.3.0|v: !!str 1.3.0",
                "v: &x 1.0.0|1.3.0|v: &x 1.3.0",
                "v: ~|1.3.0|v: 1.3.0",
                "{v: 1.0.0}|1.3.0|{v: 1.3.0}",
                "{\"v\":1.0.0, w: 2}|a]b|{\"v\":\"a]b\", w: 2}",
            })
    void keepsTheStyleAndQuotesWhatWouldChangeItsType(String before, String value, String after) {
        assertThat(Edits.of("f.yaml", before).version(value).yaml("f.yaml", "v").after("f.yaml"))
                .isEqualTo(after);
    }

    @Test
    void editsEveryDocumentOfAStream() {
        assertThat(Edits.of("f.yaml", "v: 1\n---\nv: 2\n...\n---\n# empty\n")
                        .yaml("f.yaml", "*")
                        .after("f.yaml"))
                .isEqualTo("v: 1.3.0\n---\nv: 1.3.0\n...\n---\n# empty\n");
    }

    /** An upstream commit of Darwin has the key darwin-sdk-runtime twice. */
    @Test
    void aDuplicateKeyIsReportedWithBothLinesAndBumpedWhereverItIs() {
        String before =
                "darwin-sdk-runtime:\n  tag: 1.0.0\nother: x\ndarwin-sdk-runtime:\n  tag: 1.0.1\nx:\n  y: 1\n  y: 2\n";
        EditPlan plan = Edits.of("services.yaml", before)
                .yaml("services.yaml", "darwin-sdk-runtime.tag")
                .plan();
        assertThat(new String(plan.contents().get("services.yaml")))
                .isEqualTo(before.replaceAll("1\\.0\\.[01]", "1.3.0"));
        assertThat(plan.warnings())
                .hasSize(2)
                .anySatisfy(w -> assertThat(w).contains("services.yaml:4: ", "'darwin-sdk-runtime'", "line 1"))
                .anySatisfy(w -> assertThat(w).contains("services.yaml:8: ", "'y'", "line 7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "versoin: 1|f.yaml: no place 'version': no key 'version' in the file; nearest is 'versoin'.",
                "a: 1|no key 'version' in the file; it has a.",
                "version: {a: 1}|f.yaml:1: version is a mapping; expected a single value.",
                "version: [1]|f.yaml:1: version is a list; expected a single value.",
                "version: |\\n  1.0.0\\n|f.yaml:1: version spans lines (block text)",
                "\\tversion: 1|f.yaml:1:1: a tab; YAML is indented with spaces only.",
                "version: [1|f.yaml:1:12: not YAML:",
                "version: *x|f.yaml:1:10: *x refers to an anchor that isn't defined before it.",
                "- version: 1|the file is no mapping",
            })
    void whatCantBeEditedIsNamed(String content) {
        int bar = content.lastIndexOf('|');
        String yaml = content.substring(0, bar).replace("\\n", "\n").replace("\\t", "\t");
        assertThatThrownBy(
                        () -> Edits.of("f.yaml", yaml).yaml("f.yaml", "version").plan())
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.REFUSED))
                .hasMessageContaining(content.substring(bar + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 100_000})
    void deepNestingIsRefusedWithoutExhaustingTheStack(int depth) {
        Edits edits = Edits.of("f.yaml", "version: 1.0.0\nx: " + "[".repeat(depth) + "]".repeat(depth))
                .yaml("f.yaml", "version");
        if (depth < 200) {
            assertThat(edits.plan().contents()).hasSize(1);
        } else {
            assertThatThrownBy(edits::plan).hasMessageContaining("nested deeper than 200");
        }
    }

    @Test
    void anchorsThatMultiplyCostNothing() {
        StringBuilder laughs = new StringBuilder("version: 1.0.0\na0: &a0 [x]\n");
        for (int i = 1; i < 60; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(Edits.of("f.yaml", laughs.toString())
                        .yaml("f.yaml", "version")
                        .plan()
                        .contents())
                .hasSize(1);
        assertThat(Edits.of("f.yaml", "version: 1\nx: &x [*x]")
                        .yaml("f.yaml", "version")
                        .after("f.yaml"))
                .isEqualTo("version: 1.3.0\nx: &x [*x]");
    }
}
