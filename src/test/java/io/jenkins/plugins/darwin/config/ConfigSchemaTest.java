package io.jenkins.plugins.darwin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {
    private static final String EVERYTHING = """
            versionFiles:
              - {files: a, yaml: {path: v, value: x, optional: true}, json: [v], toml: [v], regex: [{pattern: (v), value: x}], optional: true}
              - {files: a, json: {path: v, value: x, optional: true}, toml: {path: v, value: x, optional: true}, xml: {path: v, value: x, optional: true}}
            images: [{name: a, files: x, target: /y}, {name: b, dockerfile: x, context: y}, {name: c, command: x, produces: y}, {name: d, dockerfile: x, secrets: [{id: a, env: b}]}]
            charts: [a, {path: b, values: [c], allow: [{image: d, reason: e}]}]
            afterBump: {run: [x], adds: [y]}
            leave: [x, {files: y, containing: z}]
            registry: {}
            signing: {}
            vote: {require: [sbom, {type: sarif, except: [{finding: x, until: 2026-12-31, reason: y}]}]}
            git: {}
            maintainers: []
            calendar: {freeze: [{from: 2026-12-20, to: 2026-12-21, reason: x}], daysBefore: {}}
            support: {}
            policy: {allow: [fix], paths: [{files: a, allow: [docs]}]}
            """;

    private final JsonNode schema = ConfigSchema.published().document();

    @Test
    void theSchemaIsAValidSchema() {
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(schema.toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theReaderUnderstandsEveryKeyOfTheSchemaAndNoOther() {
        Set<String> read = new TreeSet<>();
        ConfigReader.read("f", EVERYTHING.getBytes(StandardCharsets.UTF_8), "darwin", read);
        Map<String, JsonNode> inSchema = new TreeMap<>();
        keys(schema, "", inSchema);
        assertThat(read).containsExactlyInAnyOrderElementsOf(inSchema.keySet());
    }

    @Test
    void everyKeyIsDescribed() {
        Map<String, JsonNode> inSchema = new TreeMap<>();
        keys(schema, "", inSchema);
        inSchema.forEach((path, property) -> assertThat(
                        resolve(property).path("description").asText()
                                + property.path("description").asText())
                .as(path)
                .isNotBlank());
    }

    /** A default that the schema tells editors is the one that the reader takes. */
    @Test
    void theSchemasDefaultsAreTheReadersDefaults() {
        ReleaseConfig config = ConfigReader.defaults("darwin");
        JsonNode top = schema.path("properties");
        JsonNode vote = top.path("vote").path("properties");
        assertThat(top.path("trunk").path("default").asText()).isEqualTo(config.trunk());
        assertThat(top.path("git")
                        .path("properties")
                        .path("author")
                        .path("default")
                        .asText())
                .isEqualTo(config.author().toString());
        assertThat(top.path("charts").path("default"))
                .extracting(JsonNode::asText)
                .isEqualTo(config.charts());
        assertThat(top.path("source").path("default"))
                .extracting(JsonNode::asText)
                .isEqualTo(config.source().stream()
                        .map(ReleaseConfig.SourceFormat::ending)
                        .toList());
        assertThat(top.path("registry")
                        .path("properties")
                        .path("staging")
                        .path("default")
                        .asText())
                .isEqualTo(config.registry().staging());
        assertThat(vote.path("quorum").path("default").asInt())
                .isEqualTo(config.vote().quorum());
        assertThat(vote.path("hours").path("default").asInt())
                .isEqualTo(config.vote().hours());
        assertThat(vote.path("minHours").path("default").asInt())
                .isEqualTo(config.vote().minHours());
        assertThat(vote.path("graceMinutes").path("default").asInt())
                .isEqualTo(config.vote().graceMinutes());
        assertThat(vote.path("checklist").path("default"))
                .extracting(JsonNode::asText)
                .isEqualTo(config.vote().checklist());
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? schema.at(node.path("$ref").asText().substring(1)) : node;
    }

    private void keys(JsonNode node, String path, Map<String, JsonNode> found) {
        JsonNode real = resolve(node);
        real.path("properties").properties().forEach(p -> {
            String below = (path.isEmpty() ? "" : path + ".") + p.getKey();
            found.put(below, p.getValue());
            keys(p.getValue(), below, found);
        });
        if (real.has("items")) {
            keys(real.path("items"), path + "[]", found);
        }
    }
}
