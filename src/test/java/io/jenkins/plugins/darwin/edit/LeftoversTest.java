package io.jenkins.plugins.darwin.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.ReleaseConfig.Leave;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is left in the dark about a line that still has the last version. */
class LeftoversTest {
    private static final EditPlan NONE = new EditPlan(Map.of(), List.of(), List.of());

    private static List<Leftover> in(String content, Leave... leave) {
        return in(NONE, content.getBytes(StandardCharsets.UTF_8), leave);
    }

    private static List<Leftover> in(EditPlan plan, byte[] content, Leave... leave) {
        Leftovers leftovers = new Leftovers(plan, List.of("1.2.0"), List.of(leave));
        leftovers.take("docs/a.md", content);
        leftovers.take("docs/a.md", content); // a mended mirror hands it out again
        return leftovers.found();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1.2.0",
                "'1.2.0'",
                "shop-1.2.0.tgz",
                "==1.2.0",
                "1.2.0-SNAPSHOT",
                "1.2.0rc1",
                "image:1.2.0@sha256",
                "1.2.0.",
                "V1.2.0",
                "release/1.2.0/",
                "x1.2.0",
                "...1.2.0",
                "ü 1.2.0"
            })
    void theVersionIsFoundWithAndWithoutAV(String text) {
        assertThat(in("one\r\n" + text + "\r\n")).containsExactly(new Leftover("docs/a.md", 2, "1.2.0", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.2.0", "1.2.01", "1.2.0.3", "4.1.2.0", "1.2", "1-2-0", "1.2.1"})
    void aPartOfALongerNumberIsNone(String text) {
        assertThat(in(text)).isEmpty();
    }

    @Test
    void eachLineIsToldOnce() {
        assertThat(in("1.2.0 1.2.0\n\n1.2.0")).extracting(Leftover::line).containsExactly(1, 3);
        assertThat(in("1.2.0\n".repeat(3_000))).hasSize(Leftovers.MOST_LINES);
    }

    @Test
    void aLongLineIsShownAroundItsVersion() {
        String line = "x".repeat(100_000) + " v1.2.0 " + "y".repeat(100_000) + "\u0007\u202e";
        assertThat(in(line))
                .singleElement()
                .satisfies(l -> assertThat(l.text()).contains(" v1.2.0 ").hasSizeLessThan(130));
        assertThat(in("a\u202e\u0007 1.2.0"))
                .singleElement()
                .satisfies(l -> assertThat(l.text()).isEqualTo("a 1.2.0"));
    }

    @Test
    void everyTextIsSearchedWhateverItsEncoding() {
        String text = "\u00fc\nv1.2.0\n";
        for (SourceText.Encoding encoding : SourceText.Encoding.values()) {
            assertThat(in(NONE, new SourceText("f", text, encoding).encode()))
                    .as(encoding.name())
                    .extracting(Leftover::line)
                    .containsExactly(2);
        }
        assertThat(in(NONE, "\0\1\2 1.2.0".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(in(NONE, "PK\3\4 1.2.0 \0".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void whatIsKnownIsLeft() {
        String text = "since 1.2.0\npip install shop==1.2.0\n";
        assertThat(in(text, new Leave("docs/**", ""))).isEmpty();
        assertThat(in(text, new Leave("docs/*.md", "since ")))
                .extracting(Leftover::text)
                .containsExactly("pip install shop==1.2.0");
        assertThat(in(text, new Leave("other/**", ""))).hasSize(2);
    }

    @Test
    void whatTheBumpReplacesElsewhereIsSearchedForToo() {
        Edits edits = Edits.of("pom.xml", "<version>1.3.0-SNAPSHOT</version>\n<!-- 1.2.0 -->\n")
                .file("other.yaml", "a: latest\nb: 0.0.0\nc: 1.2.0\n")
                .places(PlaceKind.REGEX, "pom.xml", false, "<version>(.*)</")
                .yaml("other.yaml", "a", "b");
        EditPlan plan = edits.plan();
        Leftovers leftovers = new Leftovers(plan, List.of("1.2.0"), List.of());
        leftovers.take(
                "pom.xml", "<version>1.3.0-SNAPSHOT</version>\n<!-- 1.2.0 -->\n".getBytes(StandardCharsets.UTF_8));
        leftovers.take(
                "module/pom.xml", "latest 0.0.0 1.3.0\n<version>1.3.0-SNAPSHOT".getBytes(StandardCharsets.UTF_8));
        assertThat(leftovers.found())
                .extracting(l -> l.file() + ":" + l.line() + " " + l.version())
                .containsExactly("module/pom.xml:2 1.3.0-SNAPSHOT", "pom.xml:2 1.2.0");
    }

    @Test
    void withoutAReleaseThereIsNothingToLookFor() {
        assertThat(new Leftovers(NONE, List.of(), List.of()).isNeeded()).isFalse();
        assertThat(new Leftovers(NONE, List.of("1.2.0"), List.of()).isNeeded()).isTrue();
    }
}
