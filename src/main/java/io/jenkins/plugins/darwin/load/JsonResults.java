package io.jenkins.plugins.darwin.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** k6's lines of JSON and its summary, and plain samples in JSON: a list of numbers, or one for each measure. */
final class JsonResults {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonResults() {}

    /** @return null when it is none of them */
    static String read(Reader in, String head, Collected into, Set<String> only) throws IOException {
        if (head.startsWith("{\"type\"") || head.startsWith("{\"metric\"") && head.contains("\"type\":\"Point\"")) {
            return lines(in, into, only);
        }
        JsonNode root;
        try (JsonParser parser = JSON.createParser(in)) {
            root = JSON.readTree(parser);
        }
        if (root.isArray()) {
            return numbers("samples", root, into) ? "plain samples" : null;
        }
        if (root.path("metrics").isObject()) {
            return summary(root.path("metrics"), into, only);
        }
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getValue().isArray() || !numbers(entry.getKey(), entry.getValue(), into)) {
                return null;
            }
        }
        return "plain samples";
    }

    private static boolean numbers(String measure, JsonNode array, Collected into) {
        for (JsonNode value : array) {
            if (!value.isNumber()) {
                return false;
            }
            into.add(measure, value.asDouble());
        }
        return true;
    }

    /** Which metrics are times is said in the lines themselves. */
    private static String lines(Reader in, Collected into, Set<String> only) throws IOException {
        Map<String, Boolean> times = new TreeMap<>();
        try (MappingIterator<JsonNode> documents =
                JSON.readerFor(JsonNode.class).readValues(in)) {
            while (documents.hasNext()) {
                JsonNode line = documents.next();
                String metric = line.path("metric").asText();
                JsonNode data = line.path("data");
                if (line.path("type").asText().equals("Metric")) {
                    times.put(
                            metric,
                            whole(
                                    metric,
                                    data.path("type").asText(),
                                    data.path("contains").asText()));
                } else if (only.isEmpty() ? times.getOrDefault(metric, false) : only.contains(metric)) {
                    if (data.path("tags").path("expected_response").asText().equals("false")) {
                        into.failed(metric);
                    } else {
                        into.add(metric, data.path("value").asDouble());
                    }
                }
            }
        }
        return "k6 JSON";
    }

    /** A trend of times, but for the parts of a request. */
    private static boolean whole(String metric, String type, String contains) {
        return type.equals("trend")
                && contains.equals("time")
                && (!metric.startsWith("http_req_") || metric.equals("http_req_duration"));
    }

    /** Both of k6's forms: values beside the metric's type, or below {@code values}. */
    private static String summary(JsonNode metrics, Collected into, Set<String> only) {
        int requests = count(metrics.path("http_reqs"));
        int iterations = count(metrics.path("iterations"));
        for (Map.Entry<String, JsonNode> entry : metrics.properties()) {
            String metric = entry.getKey();
            JsonNode values = entry.getValue().has("values") ? entry.getValue().path("values") : entry.getValue();
            boolean asked = only.isEmpty() ? whole(metric, "trend", "time") : only.contains(metric);
            if (!asked || !values.has("med") || !values.has("max") || metric.contains("{")) {
                continue;
            }
            TreeMap<Double, Double> percentiles = new TreeMap<>();
            percentiles.put(0.0, values.path("min").asDouble());
            percentiles.put(0.5, values.path("med").asDouble());
            percentiles.put(1.0, values.path("max").asDouble());
            values.properties().stream()
                    .filter(v -> v.getKey().matches("p\\([0-9.]+\\)"))
                    .forEach(v -> percentiles.put(
                            Double.parseDouble(v.getKey().replaceAll("[p()]", "")) / 100,
                            v.getValue().asDouble()));
            int count = values.has("count")
                    ? values.path("count").asInt()
                    : metric.startsWith("http_req_") ? requests : iterations;
            if (count > 0) {
                into.summary(metric, count, 0, percentiles);
            } else {
                into.note(metric, "the summary does not tell how many there were");
            }
        }
        return "k6 summary";
    }

    private static int count(JsonNode metric) {
        return metric.path("values").path("count").asInt(metric.path("count").asInt());
    }
}
