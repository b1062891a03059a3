package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a scan found: SARIF 2.1.0. A result that is suppressed in the file (3.27.23) is nobody's finding any more, and one that
 * is absent since the baseline (3.27.24) neither.
 */
final class SarifKind implements EvidenceKind {
    /** What a scan may find and still count as passed, where no policy says otherwise. */
    private static final Severity LET_THROUGH = Severity.MEDIUM;
    /** Kinds of results that are no failure (3.27.9). */
    private static final Set<String> NO_FAILURE = Set.of("pass", "open", "informational", "notApplicable", "review");

    @Override
    public String word() {
        return "sarif";
    }

    @Override
    public String predicateType() {
        return EvidenceKinds.OWN + "sarif/v1";
    }

    @Override
    public String form() {
        return "SARIF 2.1.0";
    }

    @Override
    public ObjectNode predicate(byte[] file, String name) {
        ObjectNode json = Documents.object(file, name);
        judge(json);
        return json;
    }

    @Override
    public Judgement judge(ObjectNode predicate) {
        String version = Documents.text(predicate, "version").orElse("nothing");
        JsonNode runs = predicate.path("runs");
        if (!version.equals("2.1.0") || !runs.isArray() || runs.isEmpty()) {
            // A file without a run tells of no scan: it must not count as one that found nothing.
            throw ReleaseException.usage(
                    "Not a scan's result: expected SARIF version 2.1.0 with at least one run, found version "
                            + ForeignText.shown(version) + " with " + runs.size() + " runs.");
        }
        List<Finding> findings = new ArrayList<>();
        runs.forEach(run -> findings.addAll(findings(run)));
        boolean passed = findings.stream().noneMatch(f -> f.severity().compareTo(LET_THROUGH) > 0);
        return new Judgement(passed ? State.PASSED : State.FAILED, summary(findings), findings);
    }

    private static List<Finding> findings(JsonNode run) {
        if (run.path("results").isMissingNode() || run.path("results").isNull()) {
            throw ReleaseException.usage(
                    "Not the result of a whole scan: expected results in each run, found a run without (SARIF 2.1.0, 3.14.23: it only tells of files).");
        }
        for (JsonNode invocation : run.path("invocations")) {
            if (invocation.has("executionSuccessful")
                    && !invocation.get("executionSuccessful").asBoolean()) {
                throw ReleaseException.usage(
                        "Not the result of a whole scan: the tool says itself that its run did not succeed "
                                + "(executionSuccessful is false).");
            }
        }
        Map<String, JsonNode> byId = new HashMap<>();
        List<JsonNode> byIndex = new ArrayList<>();
        run.path("tool").path("driver").path("rules").forEach(rule -> {
            byIndex.add(rule);
            Documents.text(rule, "id").ifPresent(id -> byId.putIfAbsent(id, rule));
        });
        List<Finding> findings = new ArrayList<>();
        for (JsonNode result : run.path("results")) {
            if (counts(result)) {
                Optional<JsonNode> rule = rule(result, byId, byIndex);
                String id = Documents.text(result, "ruleId")
                        .or(() -> rule.flatMap(r -> Documents.text(r, "id")))
                        .orElse("without a name");
                findings.add(new Finding(ForeignText.shown(id), severity(result, rule)));
            }
        }
        return findings;
    }

    private static Optional<JsonNode> rule(JsonNode result, Map<String, JsonNode> byId, List<JsonNode> byIndex) {
        int index =
                result.path("ruleIndex").asInt(result.path("rule").path("index").asInt(-1));
        return index >= 0 && index < byIndex.size()
                ? Optional.of(byIndex.get(index))
                : Documents.text(result, "ruleId")
                        .or(() -> Documents.text(result.path("rule"), "id"))
                        .map(byId::get);
    }

    private static boolean counts(JsonNode result) {
        if (NO_FAILURE.contains(Documents.text(result, "kind").orElse("fail"))
                || Documents.text(result, "baselineState").equals(Optional.of("absent"))) {
            return false;
        }
        JsonNode suppressions = result.path("suppressions");
        for (JsonNode suppression : suppressions) {
            if (!Documents.text(suppression, "status").orElse("accepted").equals("accepted")) {
                return true; // asked for, and not granted
            }
        }
        return suppressions.isEmpty();
    }

    /** By the number that security tools give (CVSS), else by the level. */
    private static Severity severity(JsonNode result, Optional<JsonNode> rule) {
        Optional<Double> score = score(result).or(() -> rule.flatMap(SarifKind::score));
        if (score.isPresent()) {
            double s = score.get();
            return s >= 9
                    ? Severity.CRITICAL
                    : s >= 7 ? Severity.HIGH : s >= 4 ? Severity.MEDIUM : s > 0 ? Severity.LOW : Severity.NONE;
        }
        String level = Documents.text(result, "level")
                .or(() -> rule.flatMap(r -> Documents.text(r.path("defaultConfiguration"), "level")))
                .orElse("warning");
        return switch (level) {
            case "none" -> Severity.NONE;
            case "note" -> Severity.LOW;
            case "warning" -> Severity.MEDIUM;
            default -> Severity.HIGH; // error, and what nobody knows
        };
    }

    private static Optional<Double> score(JsonNode node) {
        JsonNode value = node.path("properties").path("security-severity");
        try {
            return value.isTextual() || value.isNumber()
                    ? Optional.of(Double.parseDouble(value.asText()))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String summary(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "nothing found";
        }
        List<String> parts = new ArrayList<>();
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            Severity severity = Severity.values()[i];
            long n = findings.stream().filter(f -> f.severity() == severity).count();
            if (n > 0) {
                parts.add(n + " " + severity.word());
            }
        }
        return "found " + String.join(", ", parts);
    }
}
