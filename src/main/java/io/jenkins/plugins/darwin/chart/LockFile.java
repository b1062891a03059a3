package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.chart.ChartYaml.Dependency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a Chart.lock still says what the chart asks for. */
final class LockFile {
    private LockFile() {}

    /** One clause for each dependency that differs; empty when the lock is in sync. */
    static List<String> differences(List<Dependency> asked, List<Dependency> locked) {
        List<String> differences = new ArrayList<>();
        Map<String, String> left = new LinkedHashMap<>();
        locked.forEach(each -> left.put(each.name(), each.version()));
        for (Dependency each : asked) {
            String version = left.remove(each.name());
            if (version == null) {
                differences.add("it lacks " + each.name() + " " + each.version());
            } else if (!VersionRange.contains(each.version(), version).orElse(true)) {
                differences.add("it has " + each.name() + " " + version + ", the chart asks for " + each.version());
            }
        }
        left.forEach((name, version) ->
                differences.add("it lists " + name + " " + version + ", which the chart does not have"));
        return differences;
    }
}
