package io.jenkins.plugins.darwin.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.EvidenceRule;
import io.jenkins.plugins.darwin.model.Severity;
import io.jenkins.plugins.darwin.openpgp.SignatureCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Kind, state, age and number; the newest count. */
class RequirementsTest {
    private static final Instant NOW = Instant.parse("2025-06-02T08:00:00Z");

    private final List<Evidence> all = new ArrayList<>();

    private void add(String kind, State state, Duration age, Finding... findings) {
        all.add(new Evidence(
                kind,
                new Judgement(state, state.word(), List.of(findings)),
                age == null ? Optional.empty() : Optional.of(NOW.minus(age)),
                Optional.empty(),
                Optional.empty(),
                new Statement(List.of(), "x", Documents.empty()),
                new SignatureCheck(SignatureCheck.State.GOOD, "AB", Optional.of("Asha"), Optional.of(NOW), ""),
                Digest.sha256(new byte[] {(byte) all.size()})));
    }

    private static EvidenceRule rule(String type, Integer hours, int number) {
        return new EvidenceRule(type, true, Optional.ofNullable(hours), number, Severity.MEDIUM, List.of());
    }

    private Requirements.Answer ask(EvidenceRule rule) {
        return Requirements.ask(List.of(rule), all, NOW).get(0);
    }

    @Test
    void whatIsNotThereIsMissing() {
        add("junit", State.PASSED, Duration.ZERO);
        assertThat(ask(EvidenceRule.of("sbom")).met()).isFalse();
        assertThat(ask(EvidenceRule.of("sbom")).detail()).isEqualTo("there is none");
        assertThat(ask(EvidenceRule.of("junit")).met()).isTrue();
    }

    @Test
    void aKindIsFoundByItsTypeToo() {
        add("sbom", State.STATED, Duration.ZERO);
        assertThat(ask(EvidenceRule.of("https://cyclonedx.org/bom")).met()).isTrue();
    }

    @Test
    void theNewestCountsWhateverWasBefore() {
        add("junit", State.PASSED, Duration.ofHours(2));
        add("junit", State.FAILED, Duration.ofHours(1));
        assertThat(ask(EvidenceRule.of("junit")).met()).isFalse();
        assertThat(ask(EvidenceRule.of("junit")).detail()).isEqualTo("it failed: failed");
        add("junit", State.PASSED, Duration.ofMinutes(1));
        assertThat(ask(EvidenceRule.of("junit")).met()).isTrue();
    }

    @Test
    void ofTwoOfOneMomentTheWorseCounts() {
        add("junit", State.PASSED, Duration.ofHours(1));
        add("junit", State.FAILED, Duration.ofHours(1));
        add("junit", State.PASSED, Duration.ofHours(1));
        assertThat(ask(EvidenceRule.of("junit")).met()).isFalse();
    }

    @Test
    void soManyInARow() {
        add("junit", State.FAILED, Duration.ofDays(4));
        add("junit", State.PASSED, Duration.ofDays(3));
        add("junit", State.PASSED, Duration.ofDays(2));
        assertThat(ask(rule("junit", null, 2)).met()).isTrue();
        assertThat(ask(rule("junit", null, 3)).met()).isFalse();
        assertThat(ask(rule("junit", null, 4)).detail()).isEqualTo("there are 3, 4 are asked for");
    }

    @Test
    void notOlderThan() {
        add("health", State.PASSED, Duration.ofHours(25));
        assertThat(ask(rule("health", 24, 1)).met()).isFalse();
        assertThat(ask(rule("health", 26, 1)).met()).isTrue();
    }

    @Test
    void whatDoesNotSayWhenIsOfNoAge() {
        add("health", State.PASSED, null);
        assertThat(ask(rule("health", 24, 1)).met()).isFalse();
        assertThat(ask(rule("health", null, 1)).met()).isTrue();
    }

    @Test
    void whatComesFromTheFutureDoesNotCount() {
        add("health", State.PASSED, Duration.ofMinutes(-3));
        assertThat(ask(rule("health", 24, 1)).met()).isTrue();
        all.clear();
        add("health", State.PASSED, Duration.ofDays(-3));
        assertThat(ask(rule("health", 24, 1)).met()).isFalse();
    }

    @Test
    void anyStateWhereThePolicySaysSo() {
        add("load", State.FAILED, Duration.ZERO);
        assertThat(ask(new EvidenceRule("load", false, Optional.empty(), 1, Severity.MEDIUM, List.of()))
                        .met())
                .isTrue();
    }

    @Test
    void aScanMayFindSoMuchAndNoMore() {
        add(
                "sarif",
                State.FAILED,
                Duration.ZERO,
                new Finding("CVE-1", Severity.HIGH),
                new Finding("style", Severity.LOW));
        assertThat(ask(EvidenceRule.of("sarif")).detail()).contains("worse than medium: CVE-1 (high)");
        assertThat(ask(new EvidenceRule("sarif", true, Optional.empty(), 1, Severity.HIGH, List.of()))
                        .met())
                .isTrue();
        assertThat(ask(new EvidenceRule("sarif", true, Optional.empty(), 1, Severity.NONE, List.of()))
                        .detail())
                .contains("CVE-1 (high), style (low)");
    }

    @Test
    void anExceptionEnds() {
        add("sarif", State.FAILED, Duration.ZERO, new Finding("CVE-1", Severity.HIGH));
        assertThat(ask(excepting("CVE-1", "2025-06-02")).met()).isTrue();
        assertThat(ask(excepting("CVE-1", "2025-06-01")).detail()).contains("whose exception has ended");
        assertThat(ask(excepting("CVE-2", "2026-01-01")).met()).isFalse();
    }

    private static EvidenceRule excepting(String finding, String until) {
        return new EvidenceRule(
                "sarif",
                true,
                Optional.empty(),
                1,
                Severity.MEDIUM,
                List.of(new EvidenceRule.Exception(finding, LocalDate.parse(until), "not reachable")));
    }
}
