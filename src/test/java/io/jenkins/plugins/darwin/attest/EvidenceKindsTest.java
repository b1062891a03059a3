package io.jenkins.plugins.darwin.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Severity;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each sort of file says; and that what is no such file says nothing at all, least of all that all is well. */
class EvidenceKindsTest {
    private static Judgement judge(String kind, String file) {
        EvidenceKind known = EvidenceKinds.require(kind);
        return known.judge(known.predicate(file.getBytes(StandardCharsets.UTF_8), "the file"));
    }

    private static String refusal(String kind, String file) {
        try {
            judge(kind, file);
            throw new AssertionError("taken: " + file);
        } catch (ReleaseException e) {
            assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE);
            return e.getMessage();
        }
    }

    @Test
    void countsTestCasesWhateverToolWroteThem() {
        String pytest = """
                <?xml version="1.0" encoding="utf-8"?>
                <testsuites><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="4">
                <testcase classname="a.B" name="one" time="0.1"/>
                <testcase classname="a.B" name="two"><failure message="no">trace</failure></testcase>
                <testcase classname="a.B" name="three"><error message="setup"/></testcase>
                <testcase classname="a.B" name="four"><skipped/></testcase>
                </testsuite></testsuites>""";
        assertThat(judge("junit", pytest)).isEqualTo(new Judgement(State.FAILED, "4 tests, 2 failed, 1 skipped"));
        String surefire = """
                <testsuite name="x" tests="2"><properties><property name="a" value="b"/></properties>
                <testcase name="one" classname="x.Y"><system-out><![CDATA[<failure/>]]></system-out></testcase>
                <testcase name="two" classname="x.Y"><rerunFailure message="first try"/></testcase></testsuite>""";
        assertThat(judge("junit", surefire)).isEqualTo(new Judgement(State.PASSED, "2 tests"));
        String both = "<testsuite><testcase name='a'><failure/><error/></testcase></testsuite>";
        assertThat(judge("junit", both).summary()).isEqualTo("1 test, 1 failed");
    }

    @Test
    void namesTheTestsThatFailed() {
        EvidenceKind kind = EvidenceKinds.require("junit");
        assertThat(kind.predicate(
                                "<testsuite><testcase classname='a.B' name='t'><failure/></testcase></testsuite>"
                                        .getBytes(StandardCharsets.UTF_8),
                                "junit.xml")
                        .toString())
                .contains("\"failedTests\":[\"a.B.t\"]")
                .contains("\"result\":\"FAILED\"")
                .contains("\"name\":\"junit.xml\"");
    }

    /** A run that broke before the first test must not pass for one without a failure. */
    @Test
    void noTestIsNoGoodTest() {
        assertThat(refusal("junit", "<testsuite tests='0'/>")).contains("holds no test");
        assertThat(refusal("junit", "<testsuites/>")).contains("holds no test");
        assertThat(refusal("junit", "<html/>")).contains("found html");
        assertThat(refusal("junit", "")).contains("expected JUnit XML");
        assertThat(refusal("junit", "<testsuite><testcase name='a'/>")).contains("expected JUnit XML");
        assertThat(refusal("junit", "<testsuite failures='2'><testcase name='a'/></testsuite>"))
                .contains("contradicts itself");
        assertThat(judge("junit", "<testsuite><error>no</error><testcase name='a'/></testsuite>")
                        .state())
                .isEqualTo(State.FAILED);
    }

    @Test
    void nothingOutsideTheFileIsRead() {
        String outside =
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite><testcase name='&x;'/></testsuite>";
        assertThat(refusal("junit", outside)).doesNotContain("root:");
    }

    private static String sarif(String results) {
        return """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t","rules":[
                  {"id":"CVE-1","properties":{"security-severity":"9.8"}},
                  {"id":"style","defaultConfiguration":{"level":"note"}},
                  {"id":"bug","defaultConfiguration":{"level":"error"}}]}},"results":[%s]}]}""".formatted(results);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"ruleId":"CVE-1"}                                                | CRITICAL
            {"ruleIndex":0,"level":"note"}                                    | CRITICAL
            {"ruleId":"style"}                                                | LOW
            {"rule":{"index":2}}                                              | HIGH
            {"ruleId":"bug","level":"warning"}                                | MEDIUM
            {"ruleId":"other"}                                                | MEDIUM
            {"ruleId":"x","properties":{"security-severity":"5.0"}}           | MEDIUM
            {"ruleId":"x","properties":{"security-severity":7.5}}             | HIGH
            {"ruleId":"x","properties":{"security-severity":"bad"},"level":"error"} | HIGH
            {"ruleId":"x","level":"dreadful"}                                 | HIGH
            """)
    void howBadAFindingIs(String result, Severity severity) {
        assertThat(judge("sarif", sarif(result)).findings())
                .extracting(Finding::severity)
                .containsExactly(severity);
    }

    @Test
    void whatIsSuppressedOrNoFailureIsNoFinding() {
        assertThat(judge("sarif", sarif(""))).isEqualTo(new Judgement(State.PASSED, "nothing found"));
        assertThat(judge("sarif", sarif("""
                {"ruleId":"CVE-1","suppressions":[{"kind":"external","status":"accepted"}]},
                {"ruleId":"CVE-1","suppressions":[{"kind":"inSource"}]},
                {"ruleId":"CVE-1","kind":"pass"},
                {"ruleId":"CVE-1","baselineState":"absent"}""")).findings()).isEmpty();
        Judgement asked =
                judge("sarif", sarif("{\"ruleId\":\"CVE-1\",\"suppressions\":[{\"status\":\"underReview\"}]}"));
        assertThat(asked.state()).isEqualTo(State.FAILED);
        assertThat(asked.summary()).isEqualTo("found 1 critical");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"version\":\"2.1.0\",\"runs\":[]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{}}]}",
                "{\"version\":\"2.0.0\",\"runs\":[{\"results\":[]}]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"results\":[],\"invocations\":[{\"executionSuccessful\":false}]}]}"
            })
    void aScanThatDidNotRunFoundNothingOut(String file) {
        assertThat(refusal("sarif", file)).startsWith("Not ");
    }

    @Test
    void aBillOfMaterialsIsCycloneDxAsJson() {
        assertThat(judge("sbom", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{},{}]}"))
                .isEqualTo(new Judgement(State.STATED, "CycloneDX 1.6, 2 components"));
        assertThat(refusal("sbom", "{\"spdxVersion\":\"SPDX-2.3\"}")).contains("found bomFormat nothing");
        assertThat(refusal("sbom", "<bom/>")).contains("is XML");
    }

    @Test
    void provenanceIsTakenAloneOrInItsStatement() {
        String predicate = """
                {"buildDefinition":{"buildType":"https://example.org/b"},"runDetails":{"builder":{"id":"https://ci/job/1"}}}""";
        assertThat(judge("provenance", predicate).summary()).isEqualTo("built by https://ci/job/1");
        String statement = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\""
                + "a".repeat(64) + "\"}}],\"predicateType\":\"https://slsa.dev/provenance/v1\",\"predicate\":"
                + predicate
                + "}";
        assertThat(judge("provenance", statement).summary()).isEqualTo("built by https://ci/job/1");
        assertThat(refusal("provenance", statement.replace("provenance/v1", "provenance/v0.2")))
                .contains("v0.2");
        assertThat(refusal("provenance", "{\"builder\":{}}")).contains("no build type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "health", "rebuild", "upgrade", "licence"})
    void aResultHasToSayWhichOfTwo(String kind) {
        assertThat(judge(kind, "{\"result\":\"PASSED\"}").state()).isEqualTo(State.PASSED);
        assertThat(judge(kind, "{\"result\":\"failed\",\"summary\":\"p99 +12%\"}"))
                .isEqualTo(new Judgement(State.FAILED, "p99 +12%"));
        assertThat(refusal(kind, "{\"result\":true}")).contains("passed or failed");
        assertThat(refusal(kind, "{\"outcome\":\"passed\"}")).contains("found 'nothing'");
    }

    @Test
    void otherTypesAreAddressesAndKeepWhatTheyAre() {
        assertThat(judge("https://example.org/audit/v1", "{\"a\":1}").state()).isEqualTo(State.STATED);
        assertThat(EvidenceKinds.require("https://cyclonedx.org/bom").word()).isEqualTo("sbom");
        assertThatThrownBy(() -> EvidenceKinds.require("sbomm"))
                .hasMessageContaining("provenance, sbom, junit, sarif")
                .hasMessageContaining("'sbomm'");
        assertThat(refusal("json", "[1]")).contains("found array");
        assertThat(refusal("json", "{\"a\":1} x")).contains("expected a JSON object");
    }
}
