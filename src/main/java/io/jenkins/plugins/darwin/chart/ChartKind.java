package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.kind.Made;
import io.jenkins.plugins.darwin.kind.Making;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.Content.Place;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.registry.Manifest;
import java.util.List;
import java.util.Optional;

/** Charts, by {@code charts:} of the configuration: each is a file of the candidate, and what {@code helm install} takes. */
public final class ChartKind implements ContentKind {
    @Override
    public String word() {
        return "chart";
    }

    /** Helm insists that a chart's tag is its version, so in staging the path tells candidates apart. */
    public static Place staged(CandidateId id, String chart) {
        return new Place("rc" + id.rc() + "/charts/" + chart, id.version().toString());
    }

    /** {@code helm install oci://<release>/charts/<chart> --version X.Y.Z}. */
    public static Place published(Version version, String chart) {
        return new Place("charts/" + chart, version.toString());
    }

    @Override
    public List<Item> items(ReleaseConfig config, Version version, GitTree tree) {
        return config.charts().stream()
                .map(path -> Item.file(ChartPackager.fileName(tree, path)))
                .toList();
    }

    /** The file's name is the chart's, then its version. */
    @Override
    public Optional<Place> staged(CandidateId id, Item item) {
        int at = item.name().lastIndexOf("-" + id.version());
        int v = item.name().lastIndexOf("-v" + id.version());
        int end = Math.max(at, v);
        return end < 0 ? Optional.empty() : Optional.of(staged(id, item.name().substring(0, end)));
    }

    @Override
    public void make(Making making, List<Item> items, Made made) {
        List<String> names = items.stream().map(Item::name).toList();
        for (String path : making.config().charts()) {
            String file = ChartPackager.fileName(making.tree(), path);
            if (!names.contains(file)) {
                continue;
            }
            PackagedChart chart = ChartPackager.write(
                    making.tree(),
                    path,
                    making.version(),
                    making.moves().test(ChartPackager.yaml(path), "appVersion"),
                    making.time(),
                    making.directory(),
                    making.progress());
            try (Progress.Task task = making.progress().start("stage chart " + chart.name(), -1, Progress.Unit.BYTES)) {
                chart.push(
                        making.staging().apply(staged(making.id(), chart.name()).repository()), task);
            }
            made.chart(chart.chart());
            made.file(word(), chart.file());
        }
    }

    @Override
    public boolean take(Candidate earlier, Item item, Made made) {
        earlier.charts().stream().filter(c -> c.file().equals(item.name())).forEach(made::chart);
        return ContentKind.super.take(earlier, item, made);
    }

    @Override
    public List<Content> contents(Candidate candidate, CandidateId id) {
        return candidate.charts().stream()
                .map(chart -> new Content(
                        word(),
                        chart.name(),
                        chart.digest(),
                        Optional.of(chart.file()),
                        Optional.of(staged(id, chart.name())),
                        Optional.of(published(id.version(), chart.name()))))
                .toList();
    }

    /** What {@code helm install} takes and the file that people download must be the same chart. */
    @Override
    public Optional<String> fault(Content content, Manifest manifest, Candidate candidate) {
        Optional<Digest> file = content.file().flatMap(candidate::file).map(Candidate.Artifact::sha256);
        boolean same =
                manifest.view().layers().stream().map(Descriptor::digest).anyMatch(d -> file.equals(Optional.of(d)));
        return same
                ? Optional.empty()
                : Optional.of("expected " + content.file().orElse("its file") + " in the chart " + content.digest()
                        + ", found another");
    }
}
