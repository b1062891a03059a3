package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.attest.EvidenceKinds;
import io.jenkins.plugins.darwin.model.EvidenceRule;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Severity;
import io.jenkins.plugins.darwin.model.Version;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code vote.require}: the evidence that a policy asks for. */
final class EvidenceRules {
    private EvidenceRules() {}

    static List<EvidenceRule> read(ConfigNode list) {
        List<EvidenceRule> rules = new ArrayList<>();
        for (ConfigNode item : list.items()) {
            // The one word asks for nothing but that it is there and good.
            if (item.text().isPresent()) {
                type(item).map(EvidenceRule::of).ifPresent(rules::add);
            } else {
                rule(item).ifPresent(rules::add);
            }
        }
        return rules;
    }

    private static Optional<EvidenceRule> rule(ConfigNode node) {
        Optional<String> type = node.get("type").flatMap(EvidenceRules::type);
        boolean mustPass = node.text("state").orElse("passed").equals("passed");
        int hours = node.integer("hours", 0);
        int number = node.integer("number", 1);
        Severity severity = node.text("severity").flatMap(Severity::ofWord).orElse(Severity.MEDIUM);
        List<EvidenceRule.Exception> except = node.get("except")
                .map(n -> n.items().stream().flatMap(e -> exception(e).stream()).toList())
                .orElse(List.of());
        if (type.filter("sarif"::equals).isEmpty()) {
            for (String key : List.of("severity", "except")) {
                node.get(key)
                        .ifPresent(
                                n -> n.problem("says something about a scan's findings; only type: sarif has them."));
            }
        }
        return type.map(t -> new EvidenceRule(
                t, mustPass, hours == 0 ? Optional.empty() : Optional.of(hours), number, severity, except));
    }

    private static Optional<String> type(ConfigNode node) {
        return node.read(word -> {
            EvidenceKinds.require(word);
            return word;
        });
    }

    private static Optional<EvidenceRule.Exception> exception(ConfigNode node) {
        String finding = node.text("finding").orElse("");
        String reason = node.text("reason").orElse("");
        return node.get("until")
                .flatMap(n -> n.read(EvidenceRules::day))
                .map(until -> new EvidenceRule.Exception(finding, until, reason));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw ReleaseException.usage("not a day: expected YYYY-MM-DD, found '" + Version.printable(text) + "'.");
        }
    }
}
