package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Repository;
import java.nio.file.Path;

/**
 * A chart that was packed: the file of the candidate, and the OCI artifact around it.
 *
 * @param name from its Chart.yaml
 * @param file {@code <name>-<version>.tgz}
 * @param path where the file is
 * @param config the artifact's config blob: Chart.yaml as JSON
 * @param manifest the artifact's manifest; Helm insists that the tag which names it is the chart's version
 */
public record PackagedChart(String name, Candidate.Artifact file, Path path, byte[] config, Manifest manifest) {
    /** As the candidate lists it. */
    public Candidate.Chart chart() {
        return new Candidate.Chart(name, file.name(), manifest.digest());
    }

    /** Stores blobs and manifest by digest; giving it a tag is the caller's, when all else is there. */
    public void push(Repository repository, Progress.Task task) {
        repository.pushBlob(file.sha256(), file.size(), BlobSource.of(path), task);
        repository.pushBlob(Digest.sha256(config), config.length, BlobSource.of(config), task);
        repository.pushManifest(manifest);
    }
}
