package io.jenkins.plugins.darwin.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Evidence that a policy asks for: the newest statements of a type, so many of them, not older than this, and good.
 *
 * @param type a kind of evidence by its word, or the type of a predicate
 * @param mustPass whether one that says that something failed does not do; one that judges nothing does
 * @param hours how old each may be; empty for any age
 * @param number how many, at least 1
 * @param severity for a scan: the worst that it may have found
 * @param except for a scan: findings that somebody answers for until a day
 */
public record EvidenceRule(
        String type, boolean mustPass, Optional<Integer> hours, int number, Severity severity, List<Exception> except) {
    public EvidenceRule {
        except = List.copyOf(except);
    }

    /** One that asks for nothing but that it is there and good. */
    public static EvidenceRule of(String type) {
        return new EvidenceRule(type, true, Optional.empty(), 1, Severity.MEDIUM, List.of());
    }

    /**
     * A finding that is let through.
     *
     * @param finding its rule's name, as the scan gives it
     * @param until the last day, UTC
     * @param reason for whoever reads the policy
     */
    public record Exception(String finding, LocalDate until, String reason) {}

    /** For people: "2 junit, passed, not older than 24 hours". */
    public String phrase() {
        return number + " " + type + (mustPass ? ", good" : "")
                + hours.map(h -> ", not older than " + h + (h == 1 ? " hour" : " hours"))
                        .orElse("");
    }
}
