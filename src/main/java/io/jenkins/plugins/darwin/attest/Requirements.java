package io.jenkins.plugins.darwin.attest;

import io.jenkins.plugins.darwin.model.EvidenceRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the evidence on a candidate is what a policy asks for. */
public final class Requirements {
    /** Clocks of two machines differ; what claims to be made later than that claims nothing. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private Requirements() {}

    /** @param detail what was found, a clause */
    public record Answer(EvidenceRule rule, boolean met, String detail) {}

    /**
     * Asks each rule.
     *
     * @param all what a trusted key signed on the candidate
     */
    public static List<Answer> ask(List<EvidenceRule> rules, List<Evidence> all, Instant now) {
        return rules.stream().map(rule -> ask(rule, all, now)).toList();
    }

    /** The newest count: an older one that was good does not make up for a newer one that is not. */
    private static Answer ask(EvidenceRule rule, List<Evidence> all, Instant now) {
        String word = EvidenceKinds.find(rule.type()).map(EvidenceKind::word).orElse(rule.type());
        List<Evidence> newest = all.stream()
                .filter(e -> e.kind().equals(word))
                .filter(e -> e.made().filter(m -> m.isAfter(now.plus(SKEW))).isEmpty())
                // Of two of one moment, the one that says the worse.
                .sorted(Comparator.comparing((Evidence e) -> e.made().orElse(Instant.MIN))
                        .thenComparing(e -> e.judgement().state() == State.FAILED)
                        .reversed())
                .limit(rule.number())
                .toList();
        if (newest.size() < rule.number()) {
            return new Answer(
                    rule,
                    false,
                    newest.isEmpty()
                            ? "there is none"
                            : "there are " + newest.size() + ", " + rule.number() + " are asked for");
        }
        for (Evidence evidence : newest) {
            Optional<String> fault = fault(rule, evidence, now);
            if (fault.isPresent()) {
                return new Answer(rule, false, fault.get());
            }
        }
        Evidence first = newest.get(0);
        return new Answer(rule, true, first.judgement().summary() + ", by " + first.by());
    }

    private static Optional<String> fault(EvidenceRule rule, Evidence evidence, Instant now) {
        if (rule.hours().isPresent()) {
            int hours = rule.hours().get();
            if (evidence.made().isEmpty()) {
                return Optional.of(
                        "one does not say when it was made, and it may not be older than " + hours + " hours");
            }
            if (evidence.made().get().isBefore(now.minus(Duration.ofHours(hours)))) {
                return Optional.of("one is of " + evidence.made().get() + ", older than " + hours + " hours");
            }
        }
        if (!rule.mustPass()) {
            return Optional.empty();
        }
        if (evidence.kind().equals("sarif")) {
            return found(rule, evidence, now);
        }
        return evidence.judgement().state() == State.FAILED
                ? Optional.of("it failed: " + evidence.judgement().summary())
                : Optional.empty();
    }

    private static Optional<String> found(EvidenceRule rule, Evidence evidence, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<String> worse = new ArrayList<>();
        for (Finding finding : evidence.judgement().findings()) {
            if (finding.severity().compareTo(rule.severity()) > 0 && !excepted(rule, finding, today)) {
                worse.add(finding.id() + " (" + finding.severity().word() + ")"
                        + (ended(rule, finding) ? ", whose exception has ended" : ""));
            }
        }
        return worse.isEmpty()
                ? Optional.empty()
                : Optional.of("it found what is worse than " + rule.severity().word() + ": "
                        + worse.stream().distinct().limit(5).collect(Collectors.joining(", "))
                        + (worse.stream().distinct().count() > 5
                                ? String.format(
                                        Locale.ROOT,
                                        " and %d more",
                                        worse.stream().distinct().count() - 5)
                                : ""));
    }

    private static boolean excepted(EvidenceRule rule, Finding finding, LocalDate today) {
        return rule.except().stream().anyMatch(e -> e.finding().equals(finding.id()) && !today.isAfter(e.until()));
    }

    private static boolean ended(EvidenceRule rule, Finding finding) {
        return rule.except().stream().anyMatch(e -> e.finding().equals(finding.id()));
    }
}
