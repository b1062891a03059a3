package io.jenkins.plugins.darwin.chart;

/** A chart's own files, for fuzzing. */
public final class FuzzedChart {
    private FuzzedChart() {}

    public static void chartYaml(byte[] input) {
        ChartYaml chart = ChartYaml.parse(input, "Chart.yaml");
        chart.dependencies();
        ChartManifest.config(chart);
    }

    public static void values(byte[] input) {
        new ImageNames("registry.example.org/darwin", "values.yaml").inValues(input);
    }
}
