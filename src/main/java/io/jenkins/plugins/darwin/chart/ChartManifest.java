package io.jenkins.plugins.darwin.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The OCI artifact of a chart, as {@code helm push} makes it (helm, pkg/registry), with the commit's time where Helm writes the
 * time of the push.
 */
final class ChartManifest {
    static final String CONFIG_TYPE = "application/vnd.cncf.helm.config.v1+json";
    static final String LAYER_TYPE = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private static final String OCI = "org.opencontainers.image.";
    /** Helm's fields in Helm's order (helm, chart.Metadata); it drops any other. */
    private static final List<String> FIELDS = List.of(
            "name",
            "home",
            "sources",
            "version",
            "description",
            "keywords",
            "maintainers",
            "icon",
            "apiVersion",
            "condition",
            "tags",
            "appVersion",
            "deprecated",
            "annotations",
            "kubeVersion",
            "dependencies",
            "type");

    private static final List<String> DEPENDENCY_FIELDS =
            List.of("name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias");
    private static final Set<String> BOOLEANS = Set.of("deprecated", "enabled");
    private static final JsonMapper MAPPER = new JsonMapper();

    private ChartManifest() {}

    /** Chart.yaml as JSON, the artifact's config. The same chart gives the same bytes. */
    static byte[] config(ChartYaml chart) {
        try {
            return MAPPER.writeValueAsBytes(object(chart.values(), FIELDS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of text always writes
        }
    }

    private static ObjectNode object(Map<String, Object> values, List<String> fields) {
        ObjectNode json = MAPPER.createObjectNode();
        for (String field : fields) {
            Object value = values.get(field);
            if (field.equals("dependencies") && value instanceof List<?>) {
                ArrayNode array = json.putArray(field);
                new ChartYaml("", values).maps(field).forEach(each -> array.add(object(each, DEPENDENCY_FIELDS)));
            } else if (BOOLEANS.contains(field)) {
                if (value instanceof String text && text.equalsIgnoreCase("true")) {
                    json.put(field, true);
                }
            } else if (field.equals("repository")) {
                json.put(field, ChartYaml.text(values, field).orElse("")); // Helm writes it even when it is empty
            } else if (value instanceof String) {
                ChartYaml.text(values, field).ifPresent(text -> json.put(field, text));
            } else if (value != null) {
                json.set(field, MAPPER.valueToTree(value));
            }
        }
        return json;
    }

    /** The manifest over the config and the packed file. */
    static Manifest manifest(ChartYaml chart, byte[] config, Candidate.Artifact file, Instant commitTime) {
        ArtifactManifest manifest = ArtifactManifest.ofConfig(
                        Descriptor.of(CONFIG_TYPE, Digest.sha256(config), config.length))
                .layer(Descriptor.of(LAYER_TYPE, file.sha256(), file.size()));
        annotations(chart, commitTime).forEach(manifest::annotation);
        return manifest.build();
    }

    private static Map<String, String> annotations(ChartYaml chart, Instant commitTime) {
        Map<String, String> all = new LinkedHashMap<>();
        if (chart.values().get("annotations") instanceof Map<?, ?> own) {
            own.forEach((key, value) -> all.put(String.valueOf(key), String.valueOf(value)));
        }
        // Helm's own win over a chart's in these two; a chart may say the others itself.
        all.put(OCI + "title", chart.require("name"));
        all.put(OCI + "version", chart.require("version"));
        all.putIfAbsent(
                OCI + "created", commitTime.truncatedTo(ChronoUnit.SECONDS).toString());
        chart.text("description").ifPresent(text -> all.putIfAbsent(OCI + "description", text));
        chart.text("home").ifPresent(text -> all.putIfAbsent(OCI + "url", text));
        if (chart.values().get("sources") instanceof List<?> sources && !sources.isEmpty()) {
            all.putIfAbsent(OCI + "source", String.valueOf(sources.get(0)));
        }
        String authors = String.join(
                ", ",
                chart.maps("maintainers").stream().map(ChartManifest::author).toList());
        if (!authors.isBlank()) {
            all.putIfAbsent(OCI + "authors", authors);
        }
        return all;
    }

    private static String author(Map<String, Object> maintainer) {
        return ChartYaml.text(maintainer, "name").orElse("")
                + ChartYaml.text(maintainer, "email")
                        .map(mail -> " (" + mail + ")")
                        .orElse("");
    }
}
