package io.jenkins.plugins.darwin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaiversTest {
    private static final String GOOD = """
            - commit: "0123456789ab"
              rule: kind
              author: Asha Rao <asha@example.org>
              approver: Bob Lee <bob@example.org>
              reason: The pilot customer can't start without it.
            """;

    @Test
    void aWholeOneCounts() {
        Waivers waivers = read(GOOD);
        assertThat(waivers.problems()).isEmpty();
        assertThat(waivers.good()).singleElement().satisfies(w -> {
            assertThat(w.rule()).contains(Rule.KIND);
            assertThat(w.approver()).isEqualTo(new Person("Bob Lee", "bob@example.org"));
            assertThat(w.line()).isEqualTo(1);
        });
        assertThat(Waivers.path(Version.parse("1.3.0"))).isEqualTo("release-waivers/1.3.0.yaml");
    }

    @Test
    void aCommitOfDigitsAloneIsOne() {
        assertThat(read(GOOD.replace("\"0123456789ab\"", "123456789012")).good())
                .singleElement()
                .satisfies(w -> assertThat(w.commit()).isEqualTo("123456789012"));
    }

    @Test
    void nobodyApprovesTheirOwn() {
        problem(GOOD.replace("Bob Lee <bob@", "Asha R. <ASHA@"), ":1: approved by its own author");
        problem(GOOD.replace("bob@example.org", "x@example.org").replace("Bob Lee", "asha rao"), "its own author");
    }

    @Test
    void whereTrunkNamesPeopleOnlyTheyApprove() {
        List<Person> people = List.of(new Person("Carol", "carol@example.org"));
        assertThat(Waivers.read("f", GOOD.getBytes(StandardCharsets.UTF_8), people)
                        .problems())
                .singleElement()
                .asString()
                .contains("expected one of trunk's maintainers (Carol <carol@example.org>)", "found Bob Lee");
        assertThat(Waivers.read("f", GOOD.replace("bob@", "CAROL@").getBytes(StandardCharsets.UTF_8), people)
                        .good())
                .hasSize(1);
    }

    @Test
    void eachMistakeIsTold() {
        problem(GOOD.replace("\"0123456789ab\"", "abc"), "expected 12 to 40 hex digits in quotes, found 'abc'");
        problem(GOOD.replace("rule: kind", "rule: kinds"), "expected one of trunk, origin, content, kind");
        problem(GOOD.replace("reason:", "because:"), "unknown key 'because'");
        problem(GOOD.replace("The pilot customer can't start without it.", "yes"), "expected 10 to 1000 characters");
        problem(GOOD.replace("Bob Lee <bob@example.org>", "bob"), "approver: expected Name <mail@example.org>");
        problem(GOOD.replace("  rule: kind\n", "  rule: kind\n  rule: path\n"), "is there twice");
        problem("commit: x\n", "expected one list of waivers");
        problem("- just text\n", "expected a waiver with commit");
        assertThat(read("- [").problems()).singleElement().asString().contains("No waiver counts");
    }

    @Test
    void aWrongOneDoesNotTakeTheOthersWithIt() {
        Waivers waivers = read(GOOD.replace("bob@example.org", "asha@example.org") + GOOD);
        assertThat(waivers.good()).hasSize(1);
        assertThat(waivers.problems()).hasSize(1);
    }

    @Test
    void anEmptyFileIsNone() {
        assertThat(read("")).isEqualTo(Waivers.none());
        assertThat(read("# nothing yet\n")).isEqualTo(Waivers.none());
    }

    private static Waivers read(String yaml) {
        return Waivers.read("f", yaml.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static void problem(String yaml, String expected) {
        Waivers waivers = read(yaml);
        assertThat(waivers.good()).as(yaml).isEmpty();
        assertThat(String.join("\n", waivers.problems())).contains(expected);
    }
}
