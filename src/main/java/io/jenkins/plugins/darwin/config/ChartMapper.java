package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.model.ChartRules;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries of {@code charts:}: a path, or a path with what is looked at in that chart. */
final class ChartMapper {
    private ChartMapper() {}

    static Optional<String> path(ConfigNode entry) {
        Optional<ConfigNode> path = entry.text().isPresent() ? Optional.of(entry) : entry.get("path");
        return path.flatMap(p -> p.read(RepositoryPath::requireFolder));
    }

    static Map<String, ChartRules> rules(ConfigNode charts) {
        Map<String, ChartRules> rules = new LinkedHashMap<>();
        for (ConfigNode entry : charts.items()) {
            Optional<String> path = path(entry);
            if (path.isEmpty() || entry.text().isPresent()) {
                continue;
            }
            List<String> values = new ArrayList<>();
            entry.get("values")
                    .ifPresent(all -> all.items()
                            .forEach(v -> v.read(RepositoryPath::require).ifPresent(values::add)));
            List<ChartRules.Allow> allow = new ArrayList<>();
            entry.get("allow")
                    .ifPresent(all -> all.items()
                            .forEach(a -> allow.add(new ChartRules.Allow(
                                    a.text("image").orElse(""), a.text("reason").orElse("")))));
            if (rules.put(path.get(), new ChartRules(values, allow)) != null) {
                entry.problem("the chart " + path.get() + " is named twice.");
            }
        }
        return rules;
    }
}
