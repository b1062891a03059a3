package io.jenkins.plugins.darwin.kind;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the kinds made of one commit, on its way to become a candidate. */
public final class Made {
    private final List<Candidate.Image> images;
    private final List<Candidate.Chart> charts;
    private final List<Candidate.Artifact> files;
    private final Consumer<String> ready;

    /** Nothing yet, and nobody is told when there is something. */
    public Made() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), name -> {});
    }

    private Made(
            List<Candidate.Image> images,
            List<Candidate.Chart> charts,
            List<Candidate.Artifact> files,
            Consumer<String> ready) {
        this.images = images;
        this.charts = charts;
        this.files = files;
        this.ready = ready;
    }

    /**
     * The same, which tells of what comes now.
     *
     * @param listener takes the name of each image and file as soon as it is there
     */
    public Made telling(Consumer<String> listener) {
        return new Made(images, charts, files, listener);
    }

    /** Tells that an item is there, before all of its kind are and have their order. From any thread. */
    public void ready(String name) {
        ready.accept(name);
    }

    public void image(Candidate.Image image) {
        images.add(image);
        ready(image.name());
    }

    public void chart(Candidate.Chart chart) {
        charts.add(chart);
    }

    /** @param kind the word of the kind that it belongs to */
    public void file(String kind, Candidate.Artifact file) {
        files.add(file.ofKind(kind));
        ready(file.name());
    }

    /**
     * All of it, files in the order of their names.
     *
     * @param previous the tag that the notes start from
     */
    public Candidate candidate(
            String project,
            Version version,
            CommitId commit,
            String branch,
            Instant created,
            Optional<String> previous) {
        return new Candidate(
                1,
                project,
                version,
                commit,
                branch,
                created,
                previous,
                images,
                charts,
                files.stream()
                        .sorted(Comparator.comparing(Candidate.Artifact::name))
                        .toList());
    }
}
