package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.chart.ChartImages;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether every image that a chart asks of the release registry is one of the release: any other would be missing there once the
 * chart is installed. An image that no chart asks for is no fault.
 */
public final class ChartImageChecks {
    private ChartImageChecks() {}

    /**
     * Looks at the charts of a commit.
     *
     * @return how many charts were looked at
     * @throws ReleaseException refused, naming every such image with its file and line
     */
    public static int require(GitTree tree, ReleaseConfig config, String registry) {
        List<String> names =
                config.images().stream().map(ReleaseConfig.ImageSource::name).toList();
        List<ChartImages.Reference> strangers = new ArrayList<>();
        config.charts().forEach(chart -> strangers.addAll(strangers(names, ChartImages.inTree(tree, chart, registry))));
        if (!strangers.isEmpty()) {
            throw ReleaseException.refused(
                    "The chart asks " + registry + " for images that this release does not have: " + some(strangers)
                            + ". Expected only what 'images' in darwin-release.yaml lists (" + String.join(", ", names)
                            + "): add them there, or correct the chart.");
        }
        return config.charts().size();
    }

    /** Looks at the packed charts of a candidate. */
    public static List<Check> of(Candidate candidate, CandidateFiles files, String registry) {
        List<String> names =
                candidate.images().stream().map(Candidate.Image::name).toList();
        List<Check> checks = new ArrayList<>();
        for (Candidate.Chart chart : candidate.charts()) {
            try (InputStream in = files.open(chart.file())
                    .orElseThrow(() -> new IOException("expected in " + files.place() + ", found nothing"))) {
                List<ChartImages.Reference> strangers = strangers(names, ChartImages.inPackage(in, registry));
                checks.add(
                        strangers.isEmpty()
                                ? Check.passed(
                                        "chart images",
                                        chart.file(),
                                        "all that it asks of " + registry + " are in the release")
                                : Check.failed(
                                        "chart images",
                                        chart.file(),
                                        "expected only images of the release, found " + some(strangers) + " asked of "
                                                + registry));
            } catch (IOException | ReleaseException e) {
                checks.add(Check.failed("chart images", chart.file(), String.valueOf(e.getMessage())));
            }
        }
        return checks;
    }

    private static List<ChartImages.Reference> strangers(
            Collection<String> names, List<ChartImages.Reference> references) {
        return references.stream()
                .filter(reference -> !names.contains(reference.name()))
                .toList();
    }

    private static String some(List<ChartImages.Reference> references) {
        int shown = 12;
        return references.stream()
                        .limit(shown)
                        .map(ChartImages.Reference::toString)
                        .collect(Collectors.joining(", "))
                + (references.size() > shown ? " and " + (references.size() - shown) + " more" : "");
    }
}
