package io.jenkins.plugins.darwin.kind;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the kinds made of one commit, on its way to become a candidate. */
public final class Made {
    private final List<Candidate.Image> images = new ArrayList<>();
    private final List<Candidate.Chart> charts = new ArrayList<>();
    private final List<Candidate.Artifact> files = new ArrayList<>();

    public void image(Candidate.Image image) {
        images.add(image);
    }

    public void chart(Candidate.Chart chart) {
        charts.add(chart);
    }

    /** @param kind the word of the kind that it belongs to */
    public void file(String kind, Candidate.Artifact file) {
        files.add(file.ofKind(kind));
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
