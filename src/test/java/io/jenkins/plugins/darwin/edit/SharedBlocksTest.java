package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML's anchors, aliases and merge keys: what stands once for several is bumped where it stands, and said. */
class SharedBlocksTest {
    private static final String VALUES = """
            x-image: &image
              registry: example.org/demo
              tag: 1.0.0
            services:
              api:
                image:
                  <<: *image
                  name: api
              web:
                image: { <<: *image, name: web }
              batch:
                image: { registry: example.org/demo, name: batch, tag: 1.0.1 }
            """;

    @Test
    void aMergedBlockIsBumpedAtItsAnchorAndNamed() {
        EditPlan plan = Edits.of("values.yaml", VALUES)
                .yaml("values.yaml", "services.*.image.tag")
                .plan();
        assertThat(new String(plan.contents().get("values.yaml")))
                .isEqualTo(VALUES.replace("1.0.0", "1.3.0").replace("1.0.1", "1.3.0"));
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .startsWith("values.yaml:3: services.api.image.tag comes from a shared block");
        assertThat(Edits.of("values.yaml", VALUES)
                        .yaml("values.yaml", "services.*.image.tag", "x-image.tag")
                        .plan()
                        .warnings())
                .isEmpty();
    }

    @Test
    void whatAMappingSaysItselfOrTakesFirstWins() {
        String list = "a: &a {tag: 1.0.0}\nb: &b {tag: 2.0.0, more: 1}\n";
        assertThat(Edits.of("f", list + "s: {<<: [*a, *b]}\n")
                        .yaml("f", "s.tag")
                        .after("f"))
                .startsWith("a: &a {tag: 1.3.0}\nb: &b {tag: 2.0.0,");
        assertThat(Edits.of("f", list + "s: {<<: [*b, *a]}\n")
                        .yaml("f", "s.tag")
                        .after("f"))
                .startsWith("a: &a {tag: 1.0.0}\nb: &b {tag: 1.3.0,");
        assertThat(Edits.of("f", list + "s: {<<: *b, tag: 0.5.0}\n")
                        .yaml("f", "s.tag")
                        .after("f"))
                .isEqualTo(list + "s: {<<: *b, tag: 1.3.0}\n");
        assertThat(Edits.of("f", list + "s: {<<: {<<: *a}}\n").yaml("f", "s.*").after("f"))
                .startsWith("a: &a {tag: 1.3.0}");
        assertThat(Edits.of("f", "s: {<<: {tag: 1.0.0}}\n")
                        .yaml("f", "s.tag")
                        .plan()
                        .warnings())
                .isEmpty();
    }

    @Test
    void conditionsSeeMergedKeysToo() {
        String before =
                "b: &b {repository: 'file://x'}\nn: &n a\ndeps:\n- {<<: *b, version: 1.0.0}\n- {name: *n, version: 1.0.0}\n";
        assertThat(Edits.of("f", before)
                        .yaml("f", "deps[repository^=file://].version", "deps[name=a].version")
                        .after("f"))
                .isEqualTo(before.replace("1.0.0", "1.3.0"));
    }

    @Test
    void anAliasOfAValueIsBumpedOnce() {
        String before = "version: &v 1.0.0\nappVersion: *v\n";
        for (String[] places : new String[][] {{"version", "appVersion"}, {"appVersion", "version"}, {"*"}}) {
            EditPlan plan = Edits.of("f", before).yaml("f", places).plan();
            assertThat(new String(plan.contents().get("f"))).isEqualTo("version: &v 1.3.0\nappVersion: *v\n");
            assertThat(plan.warnings()).isEmpty();
            assertThat(plan.places())
                    .singleElement()
                    .satisfies(p -> assertThat(p.path()).isEqualTo("version"));
        }
        assertThat(Edits.of("f", before).yaml("f", "appVersion").plan().warnings())
                .singleElement()
                .asString()
                .startsWith("f:1: appVersion comes from a shared block");
        assertThat(Edits.of("f", "a: &q \"1.0.0\"\nb: *q\n").yaml("f", "b").after("f"))
                .isEqualTo("a: &q \"1.3.0\"\nb: *q\n");
    }

    @Test
    void anchorsBelongToTheirDocument() {
        String two = "a: &x 1.0.0\nb: *x\n---\na: &x 2.0.0\nb: *x\n";
        assertThat(Edits.of("f", two).yaml("f", "b").after("f"))
                .isEqualTo("a: &x 1.3.0\nb: *x\n---\na: &x 1.3.0\nb: *x\n");
    }

    @Test
    void oneBlockWithTwoValuesIsRefused() {
        assertThatThrownBy(() -> Edits.of("f", "a: &x 1.0.0\nb: *x\n")
                        .yaml("f", "a")
                        .place("f", new Place(PlaceKind.YAML, "b", "${registry.release}"))
                        .plan())
                .hasMessageContaining("f:1: b would become both '1.3.0' (as a) and 'registry.example.org:5000/darwin'");
    }

    @Test
    void whatAnAliasDoesNotReachIsNotFoundWithoutAWord() {
        assertThatThrownBy(() ->
                        Edits.of("f", "a: &a {b: *a}\n").yaml("f", "a.b.c").plan())
                .hasMessageContaining("*a on line 1 refers to what it is part of");
        assertThatThrownBy(() -> Edits.of("f", "x: &x {a: 1}\ny: {<<: *x}\n")
                        .yaml("f", "y.tag")
                        .plan())
                .hasMessageContaining("no key 'tag' in y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a8[*][*][*][*][*][*][*][*]",
                "a8[0][*][*][*][*][*][*][0][0]",
                "m.*.*.*.*.*.*.*.*.*",
                "m[a8=1].x",
                "deep.x",
                "wide[*].zz"
            })
    void aliasesDontMultiplyTheWork(String place) {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }
        laughs.append("b0: &b0 {x: 1}\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("b%d: &b%d {<<: [%s], k: *b%d}\n".formatted(i, i, ("*b" + (i - 1) + ",").repeat(9), i - 1));
        }
        laughs.append("m: *b39\nc0: &c0 {x: 1}\n");
        for (int i = 1; i < 20_000; i++) {
            laughs.append("c%d: &c%d {<<: *c%d}\n".formatted(i, i, i - 1));
        }
        laughs.append("deep: *c19999\nwide: [")
                .append("{<<: *c19999},".repeat(2_000))
                .append("]\n");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                assertThat(Edits.of("f", laughs.toString())
                                .yaml("f", place)
                                .plan()
                                .places())
                        .hasSizeLessThan(1_000);
            } catch (ReleaseException e) {
                assertThat(e).hasMessageContaining("f");
            }
        });
    }
}
