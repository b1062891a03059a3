package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.CandidateFiles;
import io.jenkins.plugins.darwin.chart.ChartImages;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.ChartRules;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether every image that a chart asks for is one of the release by its tag or digest, or one of others that trunk allows by name. As
 * Helm renders the chart where there is a Helm; else as far as its files have it written out.
 */
public final class ChartImageChecks {
    private ChartImageChecks() {}

    /**
     * Looks at the charts of a commit.
     *
     * @param config whose {@code charts} count, with trunk's {@code allow}
     * @param environment where a Helm is looked for
     * @return a sentence: how many references were compared, and what they are
     * @throws ReleaseException refused, naming every image that is neither, with its file
     */
    public static String require(
            GitTree tree, ReleaseConfig config, Version version, String registry, Map<String, String> environment) {
        Map<String, Optional<Digest>> names = new LinkedHashMap<>();
        config.images().forEach(image -> names.put(image.name(), Optional.empty()));
        ChartReport report = new ChartReport();
        List<ChartImages.Reference> strangers = new ArrayList<>();
        for (String chart : config.charts()) {
            strangers.addAll(strangers(names.keySet(), ChartImages.inTree(tree, chart, registry)));
            ChartTruth truth =
                    new ChartTruth(registry, version, names, config.rules(chart).allow());
            new ChartRendering(tree, chart, config.rules(chart).values(), names.keySet(), environment)
                    .into(report, truth);
        }
        if (!strangers.isEmpty()) {
            throw ReleaseException.refused(
                    "The chart asks " + registry + " for images that this release does not have: " + some(strangers)
                            + ". Expected only what 'images' in darwin-release.yaml lists ("
                            + String.join(", ", names.keySet()) + "): add them there, or correct the chart.");
        }
        if (!report.wrong().isEmpty()) {
            throw ReleaseException.refused("The chart asks for other images than those that are voted on: "
                    + some(report.wrong()) + ". Let the bump write them ('versionFiles' in darwin-release.yaml), or"
                    + " correct the chart.");
        }
        if (!report.unknown().isEmpty()) {
            throw ReleaseException.refused("The chart asks for images that are neither voted on nor allowed: "
                    + some(report.unknown()) + ". Name those of others in darwin-release.yaml on trunk, each with its"
                    + " reason: charts: [{ path: " + config.charts().get(0)
                    + ", allow: [{ image: NAME, reason: TEXT }] }].");
        }
        return report.said();
    }

    /**
     * Looks at the packed charts of a candidate: what they ask of the release registry must be in it. What they ask of others
     * was judged by trunk's configuration when it was built.
     */
    public static List<Check> of(Candidate candidate, CandidateFiles files, String registry) {
        Map<String, Optional<Digest>> images = new LinkedHashMap<>();
        candidate.images().forEach(image -> images.put(image.name(), Optional.of(image.digest())));
        ChartTruth truth = new ChartTruth(
                registry, candidate.version(), images, List.of(new ChartRules.Allow("*", "judged when it was built")));
        List<Check> checks = new ArrayList<>();
        for (Candidate.Chart chart : candidate.charts()) {
            try (InputStream in = open(files, chart)) {
                List<ChartImages.Reference> strangers = strangers(images.keySet(), ChartImages.inPackage(in, registry));
                ChartReport report = new ChartReport();
                try (InputStream again = open(files, chart)) {
                    ChartImages.askedInPackage(again, images.keySet())
                            .forEach(asked -> report.add(truth, asked, false));
                }
                List<String> wrong = new ArrayList<>(report.wrong());
                wrong.removeIf(text -> text.contains("the release has no image")); // told with its line
                String detail = strangers.isEmpty()
                        ? some(wrong)
                        : "expected only images of the release, found " + some(strangers) + " asked of " + registry;
                checks.add(
                        strangers.isEmpty() && wrong.isEmpty()
                                ? Check.passed(
                                        "chart images",
                                        chart.file(),
                                        "all that it asks of " + registry + " are in the release")
                                : Check.failed("chart images", chart.file(), detail));
            } catch (IOException | ReleaseException e) {
                checks.add(Check.failed("chart images", chart.file(), String.valueOf(e.getMessage())));
            }
        }
        return checks;
    }

    private static InputStream open(CandidateFiles files, Candidate.Chart chart) throws IOException {
        return files.open(chart.file())
                .orElseThrow(() -> new IOException("expected in " + files.place() + ", found nothing"));
    }

    private static List<ChartImages.Reference> strangers(
            Collection<String> names, List<ChartImages.Reference> references) {
        return references.stream()
                .filter(reference -> !names.contains(reference.name()))
                .toList();
    }

    private static String some(List<?> found) {
        int shown = 12;
        return found.stream().distinct().limit(shown).map(String::valueOf).collect(Collectors.joining(", "))
                + (found.size() > shown ? " and " + (found.size() - shown) + " more" : "");
    }
}
