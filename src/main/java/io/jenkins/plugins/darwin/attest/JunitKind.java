package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.Locale;

/** The result of tests: JUnit XML, as in-toto's test result (in-toto/attestation, predicates/test-result). */
final class JunitKind implements EvidenceKind {
    /** More names of failed tests are no help to anybody. */
    private static final int MOST_NAMES = 1000;

    @Override
    public String word() {
        return "junit";
    }

    @Override
    public String predicateType() {
        return "https://in-toto.io/attestation/test-result/v0.1";
    }

    @Override
    public String form() {
        return "JUnit XML";
    }

    @Override
    public ObjectNode predicate(byte[] file, String name) {
        JunitFile tests = JunitFile.read(file, name);
        ObjectNode predicate = Documents.empty();
        predicate.put("result", tests.failed().isEmpty() ? "PASSED" : "FAILED");
        ObjectNode report = predicate.putArray("configuration").addObject();
        report.put("name", name);
        report.putObject("digest").put("sha256", Digest.sha256(file).hex());
        ArrayNode failed = predicate.putArray("failedTests");
        tests.failed().stream().limit(MOST_NAMES).forEach(failed::add);
        ObjectNode counts = predicate.putObject("counts"); // ours: a reader that does not know it passes it over
        counts.put("tests", tests.tests());
        counts.put("failed", tests.failed().size());
        counts.put("skipped", tests.skipped());
        return predicate;
    }

    @Override
    public Judgement judge(ObjectNode predicate) {
        String result = Documents.text(predicate, "result").orElse("nothing").toUpperCase(Locale.ROOT);
        State state = switch (result) {
            case "PASSED", "WARNED" -> State.PASSED;
            case "FAILED" -> State.FAILED;
            default ->
                throw ReleaseException.usage("Not the result of tests: expected result PASSED, WARNED or FAILED, found "
                        + ForeignText.shown(result) + ".");
        };
        if (!predicate.path("counts").path("tests").isInt()) {
            return new Judgement(state, "tests " + result.toLowerCase(Locale.ROOT));
        }
        int tests = predicate.get("counts").get("tests").intValue();
        int skipped = predicate.get("counts").path("skipped").asInt();
        int failed = predicate.get("counts").path("failed").asInt();
        // Whoever wrote the counts and the result differently: the worse of both.
        return new Judgement(
                failed > 0 ? State.FAILED : state,
                tests
                        + (tests == 1 ? " test" : " tests")
                        + (failed == 0 ? "" : ", " + failed + " failed")
                        + (skipped == 0 ? "" : ", " + skipped + " skipped"));
    }
}
