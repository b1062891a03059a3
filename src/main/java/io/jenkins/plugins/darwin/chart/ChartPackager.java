package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.Version;
import java.nio.file.Path;
import java.time.Instant;

/** Packs a chart from a commit's tree as {@code helm package} does, with the same bytes on every machine. */
public final class ChartPackager {
    private ChartPackager() {}

    /**
     * Packs a chart and its sub-charts.
     *
     * @param folder of the chart in the repository, such as {@code helm/darwin}
     * @param version what Chart.yaml's version, and its appVersion where it has one, must already be
     * @param commitTime the time of every entry and of the artifact
     * @param directory where {@code <name>-<version>.tgz} is written
     * @throws io.jenkins.plugins.darwin.model.ReleaseException refused, when the chart is not one that Helm takes, has another
     *     version, needs a chart that is not in the repository, or a link in it leads out; no file is left
     */
    public static PackagedChart write(GitTree tree, String folder, Version version, Instant commitTime, Path directory,
            Progress progress) {
        throw new UnsupportedOperationException();
    }
}
