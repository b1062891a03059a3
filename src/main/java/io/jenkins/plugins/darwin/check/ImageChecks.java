package io.jenkins.plugins.darwin.check;

import io.jenkins.plugins.darwin.candidate.Names;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.ManifestView;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads every byte behind an image or chart, and proves its digest. */
public final class ImageChecks {
    private final Registry registry;
    private final Progress progress;

    public ImageChecks(Registry registry, Progress progress) {
        this.registry = registry;
        this.progress = progress;
    }

    /** @param chartRepository path of a chart's repository, by its name */
    public List<Check> run(Candidate candidate, Function<String, String> chartRepository) {
        List<Check> checks = new ArrayList<>();
        for (Candidate.Image image : candidate.images()) {
            checks.add(content("image", registry.repository(image.name()), image.digest()));
        }
        for (Candidate.Chart chart : candidate.charts()) {
            Repository repository = registry.repository(chartRepository.apply(chart.name()));
            checks.add(content("chart", repository, chart.digest()));
            checks.add(sameChart(repository, chart, candidate));
        }
        return checks;
    }

    private Check content(String kind, Repository repository, Digest digest) {
        return content(kind, repository, digest, progress);
    }

    /** Reads every byte of one image, chart or artifact. */
    public static Check content(String kind, Repository repository, Digest digest, Progress progress) {
        String subject = repository.reference() + "@" + digest.abbreviated();
        try (Progress.Task task = progress.start("check " + repository.reference(), -1, Progress.Unit.BYTES)) {
            long bytes = read(repository, digest, task, new HashSet<>());
            return Check.passed(kind, subject, bytes + " bytes");
        } catch (ReleaseException | IOException e) {
            return Check.failed(kind, subject, String.valueOf(e.getMessage()));
        }
    }

    private static long read(Repository repository, Digest digest, Progress.Task task, Set<Digest> seen)
            throws IOException {
        Manifest manifest = Names.require(repository, digest);
        ManifestView view = manifest.view();
        long bytes = manifest.raw().length;
        for (Descriptor child : view.manifests()) {
            bytes += read(repository, child.digest(), task, seen);
        }
        List<Descriptor> blobs = new ArrayList<>(view.layers());
        view.config().ifPresent(blobs::add);
        for (Descriptor blob : blobs) {
            if (!seen.add(blob.digest())) {
                continue;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("stopped");
            }
            try (InputStream in = repository.blob(blob.digest(), blob.size())) {
                in.transferTo(java.io.OutputStream.nullOutputStream()); // the stream throws when the digest is another
            }
            task.advance(blob.size());
            bytes += blob.size();
        }
        return bytes;
    }

    /** What {@code helm install} takes and the file that people download must be the same chart. */
    private static Check sameChart(Repository repository, Candidate.Chart chart, Candidate candidate) {
        Optional<Digest> file = candidate.files().stream()
                .filter(f -> f.name().equals(chart.file()))
                .map(Candidate.Artifact::sha256)
                .findFirst();
        try {
            boolean same = Names.require(repository, chart.digest()).view().layers().stream()
                    .map(Descriptor::digest)
                    .anyMatch(d -> file.equals(Optional.of(d)));
            return same
                    ? Check.passed("chart", chart.file(), "the staged chart holds this file")
                    : Check.failed(
                            "chart",
                            chart.file(),
                            "expected in the staged chart " + chart.digest() + ", found another");
        } catch (ReleaseException e) {
            return Check.failed("chart", chart.file(), e.getMessage());
        }
    }
}
