package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.model.Milestone;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import io.jenkins.plugins.darwin.model.ScheduleRules;
import io.jenkins.plugins.darwin.model.ScheduleRules.FreezeWindow;
import io.jenkins.plugins.darwin.model.Version;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From the file's tree to {@link ScheduleRules}. */
final class ScheduleMapper {
    /** Milestones that come before the release; the announcement comes after it, under a key of its own. */
    private static final List<Milestone> BEFORE = List.of(
            Milestone.TIMELINE, Milestone.SCOPE_FREEZE, Milestone.CODE_FREEZE, Milestone.CANDIDATE, Milestone.VOTE);

    private final ScheduleRules defaults = ScheduleRules.defaults();
    private final ConfigNode root;

    private ScheduleMapper(ConfigNode root) {
        this.root = root;
    }

    static ScheduleRules map(ConfigNode root) {
        return new ScheduleMapper(root).rules();
    }

    private ScheduleRules rules() {
        Optional<ConfigNode> calendar = root.get("calendar");
        return new ScheduleRules(
                root.get("maintainers").map(ConfigNode::items).orElse(List.of()).stream()
                        .flatMap(p -> p.read(Person::parse).stream())
                        .toList(),
                calendar.flatMap(c -> c.get("zone"))
                        .flatMap(z -> z.read(ScheduleMapper::zone))
                        .orElse(defaults.zone()),
                calendar.flatMap(c -> c.get("weekend"))
                        .map(ScheduleMapper::weekend)
                        .orElse(defaults.weekend()),
                calendar.flatMap(c -> c.get("holidays")).map(ConfigNode::items).orElse(List.of()).stream()
                        .flatMap(d -> d.read(ScheduleMapper::date).stream())
                        .collect(Collectors.toSet()),
                calendar.flatMap(c -> c.get("freeze")).map(ConfigNode::items).orElse(List.of()).stream()
                        .flatMap(w -> window(w).stream())
                        .toList(),
                calendar.flatMap(c -> c.get("freezeFiles")).map(ConfigNode::items).orElse(List.of()).stream()
                        .flatMap(f -> f.read(RepositoryPath::require).stream())
                        .toList(),
                calendar.map(this::days).orElse(Map.of()),
                root.get("support").map(s -> s.integer("months", 0)).filter(m -> m > 0));
    }

    private Map<Milestone, Integer> days(ConfigNode calendar) {
        Map<Milestone, Integer> days = new EnumMap<>(Milestone.class);
        calendar.get("daysBefore").ifPresent(before -> {
            BEFORE.forEach(m -> days.put(m, before.integer(m.word(), m.daysBefore())));
            for (int i = 1; i < BEFORE.size(); i++) {
                if (days.get(BEFORE.get(i)) > days.get(BEFORE.get(i - 1))) {
                    before.problem(BEFORE.get(i).word() + " would be before "
                            + BEFORE.get(i - 1).word() + "; expected no more days than that has.");
                }
            }
        });
        days.put(Milestone.ANNOUNCEMENT, -calendar.integer("announceAfter", -Milestone.ANNOUNCEMENT.daysBefore()));
        return days;
    }

    private static Optional<FreezeWindow> window(ConfigNode node) {
        Optional<LocalDate> from = node.get("from").flatMap(d -> d.read(ScheduleMapper::date));
        Optional<LocalDate> to = node.get("to").flatMap(d -> d.read(ScheduleMapper::date));
        String reason = node.text("reason").orElse("");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            node.problem("the window ends on " + to.get() + ", before it begins on " + from.get() + ".");
            return Optional.empty();
        }
        return from.flatMap(f -> to.map(t -> new FreezeWindow(f, t, reason)));
    }

    private static Set<DayOfWeek> weekend(ConfigNode list) {
        List<DayOfWeek> days = new ArrayList<>();
        list.items().forEach(i -> i.text().ifPresent(t -> days.add(DayOfWeek.valueOf(t.toUpperCase(Locale.ROOT)))));
        if (Set.copyOf(days).size() == DayOfWeek.values().length) {
            list.problem("no day of the week is left to work on.");
        }
        return Set.copyOf(days);
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ReleaseException.usage(
                    "not a date: expected YYYY-MM-DD, found '" + Version.printable(text) + "'.", e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw ReleaseException.usage(
                    "not a time zone: expected a name such as Asia/Kolkata or UTC, found '" + Version.printable(text)
                            + "'.",
                    e);
        }
    }
}
