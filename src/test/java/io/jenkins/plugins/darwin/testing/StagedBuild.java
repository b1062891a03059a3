package io.jenkins.plugins.darwin.testing;

import io.jenkins.plugins.darwin.candidate.CandidateDocuments;
import io.jenkins.plugins.darwin.candidate.CandidateFolder;
import io.jenkins.plugins.darwin.candidate.CandidateStore;
import io.jenkins.plugins.darwin.candidate.MediaType;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Registry;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What somebody with no more than the right to push to staging can do to a candidate that is built and not yet signed. */
public final class StagedBuild {
    private final Registry staging;
    private final Repository repository;
    private final CandidateId id;

    public StagedBuild(Registry staging, CandidateId id) {
        this.staging = staging;
        this.repository = staging.repository("darwin-release");
        this.id = id;
    }

    public Candidate candidate() {
        return new CandidateStore(repository).findBuilt(id).orElseThrow().candidate();
    }

    public Manifest manifest() {
        return repository.manifest(CandidateStore.buildTag(id)).orElseThrow();
    }

    /** Another candidate in its place, with every document around it as it belongs. */
    public void swap(UnaryOperator<Candidate> change) {
        CandidateDocuments documents = new CandidateDocuments(change.apply(candidate()));
        documents.texts().forEach((name, text) -> push(name, text));
        repository.tag(documents.unsigned(), CandidateStore.buildTag(id));
    }

    /** Another file under its name, and the digests of it everywhere. */
    public void swapFile(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        push(name, bytes);
        swap(c -> with(
                c,
                c.images(),
                c.charts(),
                c.files().stream()
                        .map(f -> f.name().equals(name)
                                ? new Candidate.Artifact(
                                        name,
                                        f.kind(),
                                        f.mediaType(),
                                        bytes.length,
                                        Digest.sha256(bytes),
                                        Digest.sha512(bytes))
                                : f)
                        .toList()));
    }

    /** Another image under its name. */
    public Digest swapImage(String name) throws IOException {
        Manifest other = SampleImage.push(staging.repository(name), 7, 1000);
        swap(c -> with(
                c,
                c.images().stream()
                        .map(i -> i.name().equals(name)
                                ? new Candidate.Image(name, other.mediaType(), other.digest(), other.raw().length)
                                : i)
                        .toList(),
                c.charts(),
                c.files()));
        return other.digest();
    }

    /** Another chart for {@code helm install}, while the file stays. */
    public Digest swapChart(String name) throws IOException {
        Manifest other = SampleImage.push(staging.repository("rc" + id.rc() + "/charts/" + name), 7, 1000);
        swap(c -> with(
                c,
                c.images(),
                c.charts().stream()
                        .map(chart -> chart.name().equals(name)
                                ? new Candidate.Chart(name, chart.file(), other.digest())
                                : chart)
                        .toList(),
                c.files()));
        return other.digest();
    }

    /** One more layer, with {@code candidate.json} as it was. */
    public void addLayer(String name, String content) {
        Manifest there = manifest();
        List<Descriptor> layers = new ArrayList<>(there.view().layers());
        layers.add(push("any", content.getBytes(StandardCharsets.UTF_8)).titled(name));
        ArtifactManifest parts = ArtifactManifest.ofType(MediaType.UNSIGNED)
                .config(there.view().config().orElseThrow());
        layers.forEach(parts::layer);
        repository.tag(parts.build(), CandidateStore.buildTag(id));
    }

    /** A {@code candidate.json} that is any text. */
    public void swapDocument(UnaryOperator<String> change) {
        Manifest there = manifest();
        Descriptor old = there.view().config().orElseThrow();
        String text;
        try (var in = repository.blob(old.digest(), old.size())) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] json = change.apply(text).getBytes(StandardCharsets.UTF_8);
        Descriptor layer = push(Candidate.FILE, json);
        ArtifactManifest parts = ArtifactManifest.ofType(MediaType.UNSIGNED)
                .config(Descriptor.of(Candidate.MEDIA_TYPE, layer.digest(), layer.size()));
        there.view().layers().stream()
                .map(l -> l.title().equals(Optional.of(Candidate.FILE)) ? layer : l)
                .forEach(parts::layer);
        repository.tag(parts.build(), CandidateStore.buildTag(id));
    }

    private static Candidate with(
            Candidate c, List<Candidate.Image> images, List<Candidate.Chart> charts, List<Candidate.Artifact> files) {
        return new Candidate(
                c.schemaVersion(),
                c.project(),
                c.version(),
                c.commit(),
                c.branch(),
                c.created(),
                c.previous(),
                images,
                charts,
                files);
    }

    private Descriptor push(String name, byte[] bytes) {
        Descriptor file = CandidateDocuments.describe(name, bytes);
        repository.pushBlob(
                file.digest(),
                file.size(),
                BlobSource.of(bytes),
                Progress.silent().start("", 0, Progress.Unit.BYTES));
        return file;
    }

    /** Names of the signatures in a folder. */
    public static List<String> signatures(CandidateFolder folder) {
        return folder.exists()
                ? folder.names().stream().filter(n -> n.endsWith(".asc")).toList()
                : List.of();
    }
}
