package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * What a Chart.yaml (or its lock, or a requirements.yaml) says. Every scalar is text as it is written: an
 * {@code appVersion: 1.10} is not the number 1.1.
 *
 * @param values all of it: maps, lists and text
 */
record ChartYaml(String where, Map<String, Object> values) {
    static final String FILE = "Chart.yaml";

    /**
     * A chart that this one needs.
     *
     * @param version a range
     * @param repository empty, {@code file://}, {@code http(s)://}, {@code oci://}, {@code alias:} or {@code @}
     */
    record Dependency(String name, String version, String repository) {
        boolean isFile() {
            return repository.startsWith("file://");
        }
    }

    /**
     * Reads a file.
     *
     * @param where its path, for messages
     * @throws ReleaseException refused, when it is not a YAML map
     */
    static ChartYaml parse(byte[] bytes, String where) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema())
                .setLabel(where)
                .build();
        try {
            // What reads objects stumbles over a file of nothing but comments.
            Object document = YamlCeiling.require(bytes, settings)
                    ? new Load(settings).loadFromInputStream(new ByteArrayInputStream(bytes))
                    : null;
            if (document instanceof Map<?, ?> map) {
                return new ChartYaml(where, asMap(map));
            }
        } catch (YamlEngineException e) {
            throw ReleaseException.refused(
                    "Not packed, since " + where + " is not readable: "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " ") + ".",
                    e);
        }
        throw ReleaseException.refused(
                "Not packed, since " + where + " is not readable: expected a map of keys, such as name.");
    }

    /** The text at a key; empty when it is missing or null. */
    Optional<String> text(String key) {
        return text(values, key);
    }

    /** @throws ReleaseException refused, when the key is missing */
    String require(String key) {
        return text(key)
                .orElseThrow(() -> ReleaseException.refused(
                        "Not packed, since " + where + " has no " + key + ", which Helm insists on. Add it."));
    }

    List<Dependency> dependencies() {
        List<Dependency> all = new ArrayList<>();
        for (Map<String, Object> each : maps("dependencies")) {
            String name = text(each, "name")
                    .orElseThrow(() -> ReleaseException.refused(
                            "Not packed, since " + where + " lists a dependency without a name."));
            all.add(new Dependency(
                    name,
                    text(each, "version").orElse(""),
                    text(each, "repository").orElse("")));
        }
        return all;
    }

    /** The maps in the list at a key; empty when it is missing. */
    List<Map<String, Object>> maps(String key) {
        Object value = values.get(key);
        if (value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            return list.stream().map(each -> asMap((Map<?, ?>) each)).toList();
        }
        if (value == null || isNull(value)) {
            return List.of();
        }
        throw ReleaseException.refused("Not packed, since '" + key + "' in " + where + " is not a list of maps.");
    }

    static Optional<String> text(Map<String, Object> map, String key) {
        return map.get(key) instanceof String text && !isNull(text) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isNull(Object value) {
        return value.equals("") || value.equals("~") || value.equals("null");
    }

    @SuppressWarnings("unchecked") // the failsafe schema makes keys text, or another map, which no chart has
    private static Map<String, Object> asMap(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
