package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.chart.ChartImages;
import io.jenkins.plugins.darwin.chart.ChartPackager;
import io.jenkins.plugins.darwin.chart.HelmRenderer;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All images that one chart of a commit asks for: rendered with its own values and with each values file, and as written. */
final class ChartRendering {
    private final GitTree tree;
    private final String chart;
    private final List<String> values;
    private final Collection<String> images;
    private final Map<String, String> environment;

    ChartRendering(
            GitTree tree,
            String chart,
            List<String> values,
            Collection<String> images,
            Map<String, String> environment) {
        this.tree = tree;
        this.chart = chart;
        this.values = values;
        this.images = images;
        this.environment = environment;
    }

    /**
     * Adds what is found.
     *
     * @throws ReleaseException refused, when a values file is not in the commit
     */
    void into(ChartReport report, ChartTruth truth) {
        for (String file : values) {
            if (tree.find(file).isEmpty()) {
                throw ReleaseException.refused("No values file " + file + " in the commit: check 'values' of the chart "
                        + chart + " in darwin-release.yaml.");
            }
        }
        Optional<HelmRenderer> helm = HelmRenderer.find(environment);
        if (helm.isEmpty()) {
            report.note("no helm here: as written in the charts' files, not as rendered");
        }
        // Our own also where Helm renders: what is switched off by default is shipped, too.
        ChartImages.askedInTree(tree, chart, images).stream()
                .filter(asked -> helm.isEmpty() || truth.judge(asked.image()).kind() == ChartTruth.Kind.WRONG)
                .forEach(asked -> report.add(truth, asked, false));
        helm.ifPresent(renderer -> rendered(renderer, report, truth));
    }

    private void rendered(HelmRenderer helm, ChartReport report, ChartTruth truth) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("darwin-chart-");
            Path tgz = ChartPackager.asItIs(tree, chart, folder, Progress.silent());
            List<Optional<String>> each = new ArrayList<>(List.of(Optional.empty()));
            values.forEach(file -> each.add(Optional.of(file)));
            for (Optional<String> file : each) {
                Optional<Path> copy = Optional.empty();
                if (file.isPresent()) {
                    copy = Optional.of(Files.write(
                            folder.resolve("values.yaml"), tree.read(file.get()).orElseThrow()));
                }
                HelmRenderer.Rendered rendered = helm.render(tgz, copy, folder);
                String with = "rendered with " + file.orElse("its own values");
                if (rendered.objects().isPresent()) {
                    ChartImages.inRendered(rendered.objects().get(), images, chart + " " + with)
                            .forEach(asked -> report.add(truth, asked, true));
                } else {
                    report.note(chart + " could not be " + with + ": " + rendered.reason());
                }
            }
        } catch (IOException e) {
            throw ReleaseException.failed("The chart " + chart + " could not be rendered (" + e.getMessage() + ").", e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            // a temporary folder that stays is no reason to refuse a release
        }
    }
}
