package io.jenkins.plugins.darwin.schedule;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is kept of a release line in Git: people, dates, and what was decided on the way. It tells people; nothing is allowed or
 * refused because of it.
 *
 * @param manager {@code Name <mail>}; empty while nobody is
 * @param managerSince when that was recorded
 * @param target day of the release
 * @param dates all days, by milestone
 * @param decisions in order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LineRecord(
        Version version,
        Optional<String> manager,
        Optional<Instant> managerSince,
        Optional<LocalDate> target,
        Map<Milestone, LocalDate> dates,
        List<Decision> decisions) {
    public LineRecord {
        manager = manager == null ? Optional.empty() : manager;
        managerSince = managerSince == null ? Optional.empty() : managerSince;
        target = target == null ? Optional.empty() : target;
        dates = dates == null ? Map.of() : new TreeMap<>(dates);
        decisions = decisions == null ? List.of() : List.copyOf(decisions);
    }

    /** What somebody decided. */
    public enum Sort {
        /** Another release manager than the next in turn. */
        MANAGER,
        TARGET,
        /** Cut or promoted in a freeze window. */
        FREEZE,
        /** A fix of trunk that this line does without. */
        NOT_NEEDED,
        /** A milestone that was announced. */
        ANNOUNCED
    }

    /**
     * @param subject a commit, a date, a person
     * @param by who recorded it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Decision(Sort sort, String subject, String reason, String by, Instant at) {}

    /** Nothing is known yet. */
    public static LineRecord empty(Version version) {
        return new LineRecord(version, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), List.of());
    }

    public LineRecord managedBy(String person, Instant since) {
        return new LineRecord(version, Optional.of(person), Optional.of(since), target, dates, decisions);
    }

    public LineRecord due(LocalDate day, Map<Milestone, LocalDate> all) {
        return new LineRecord(version, manager, managerSince, Optional.of(day), all, decisions);
    }

    public LineRecord with(Decision decision) {
        List<Decision> more = new ArrayList<>(decisions);
        more.add(decision);
        return new LineRecord(version, manager, managerSince, target, dates, more);
    }

    /** Whether something was decided already. */
    public Optional<Decision> decision(Sort sort, String subject) {
        return decisions.stream()
                .filter(d -> d.sort() == sort && d.subject().equals(subject))
                .findFirst();
    }
}
