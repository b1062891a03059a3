package io.jenkins.plugins.darwin.load;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tables of k6, JMeter and Locust, told apart by their first line, and plain samples. */
final class CsvResults {
    /** Of k6: what a user waits for. The others are its parts, or counts. */
    private static final Set<String> K6_DURATIONS =
            Set.of("http_req_duration", "grpc_req_duration", "ws_session_duration", "iteration_duration");

    private CsvResults() {}

    /** @return null when it is none of them */
    static String read(Reader in, String first, Collected into, Set<String> only) throws IOException {
        char separator = first.contains("\t") && !first.contains(",")
                ? '\t'
                : first.contains(";") && !first.contains(",") ? ';' : ',';
        Csv csv = new Csv(in, separator);
        List<String> head = csv.read();
        if (head == null) {
            return null;
        }
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < head.size(); i++) {
            columns.putIfAbsent(head.get(i).strip().toLowerCase(Locale.ROOT), i);
        }
        if (columns.containsKey("metric_name") && columns.containsKey("metric_value")) {
            return k6(csv, columns, into, only);
        }
        if (columns.containsKey("elapsed") && columns.containsKey("label")) {
            return jmeter(csv, columns, into);
        }
        if (columns.containsKey("request count") && columns.containsKey("name") && columns.containsKey("50%")) {
            return locust(csv, head, columns, into);
        }
        return plain(csv, head, into);
    }

    private static String k6(Csv csv, Map<String, Integer> columns, Collected into, Set<String> only)
            throws IOException {
        for (List<String> row = csv.read(); row != null; row = csv.read()) {
            String metric = field(row, columns, "metric_name");
            if (!(only.isEmpty() ? K6_DURATIONS : only).contains(metric)) {
                continue;
            }
            // k6 tells by this tag whether the answer was as expected
            if (field(row, columns, "expected_response").equals("false")
                    || field(row, columns, "extra_tags").contains("expected_response=false")
                    || !field(row, columns, "error_code").isEmpty()) {
                into.failed(metric);
            } else {
                into.add(metric, number(field(row, columns, "metric_value")));
            }
        }
        return "k6 CSV";
    }

    private static String jmeter(Csv csv, Map<String, Integer> columns, Collected into) throws IOException {
        for (List<String> row = csv.read(); row != null; row = csv.read()) {
            String label = field(row, columns, "label");
            if (label.equals("label") && field(row, columns, "elapsed").equals("elapsed")) {
                continue; // the head again: two files in one
            }
            if (field(row, columns, "success").equalsIgnoreCase("false")) {
                into.failed(label);
            } else {
                into.add(label, number(field(row, columns, "elapsed")));
            }
        }
        return "JMeter JTL";
    }

    /** A row a request with its percentiles; the row of all together would count everything twice. */
    private static String locust(Csv csv, List<String> head, Map<String, Integer> columns, Collected into)
            throws IOException {
        for (List<String> row = csv.read(); row != null; row = csv.read()) {
            String name = (field(row, columns, "type") + " " + field(row, columns, "name")).strip();
            if (field(row, columns, "name").equals("Aggregated") || columns.containsKey("timestamp")) {
                if (columns.containsKey("timestamp")) {
                    throw ReleaseException.usage(
                            "Locust's _stats_history.csv tells of a moving window: expected _stats.csv.");
                }
                continue;
            }
            TreeMap<Double, Double> percentiles = new TreeMap<>();
            for (int i = 0; i < head.size() && i < row.size(); i++) {
                String share = head.get(i).strip();
                if (share.matches("[0-9.]+%") && !row.get(i).equals("N/A")) {
                    percentiles.put(Double.parseDouble(share.replace("%", "")) / 100, number(row.get(i)));
                }
            }
            percentiles.put(0.0, number(field(row, columns, "min response time")));
            int failed = (int) number(field(row, columns, "failure count"));
            int count = (int) number(field(row, columns, "request count")) - failed;
            if (count > 0 && percentiles.size() > 1) {
                into.summary(name, count, failed, percentiles);
            } else {
                into.note(name, "no request of it succeeded");
            }
        }
        return "Locust summary";
    }

    /** A number a line, or a measure and a number; a head is left out. */
    private static String plain(Csv csv, List<String> head, Collected into) throws IOException {
        int line = 1;
        for (List<String> row = head; row != null; row = csv.read(), line++) {
            String value = row.get(row.size() - 1).strip();
            boolean number = value.matches("[-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?");
            if (row.size() > 2 || !number && line > 1) {
                if (line == 1) {
                    return null;
                }
                throw ReleaseException.usage(
                        "record " + line + ": expected a number, or a measure and a number, found '"
                                + Version.printable(String.join(",", row)) + "'.");
            }
            if (number) {
                into.add(row.size() == 2 ? row.get(0).strip() : "samples", Double.parseDouble(value));
            }
        }
        return "plain samples";
    }

    private static String field(List<String> row, Map<String, Integer> columns, String name) {
        Integer at = columns.get(name);
        return at == null || at >= row.size() ? "" : row.get(at).strip();
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw ReleaseException.usage("expected a number, found '" + Version.printable(text) + "'.", e);
        }
    }
}
