package io.jenkins.plugins.darwin.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.darwin.archive.ArtifactFile;
import io.jenkins.plugins.darwin.archive.TarGzWriter;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.MediaTypes;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * What {@code docker save} writes, in every version: a tar with {@code manifest.json}, a config, and layers as plain tars (newer
 * ones are an OCI layout, too, with the same manifest.json). Nothing is unpacked by the names in it.
 */
final class DockerArchive {
    private static final int LARGEST_DOCUMENT = 4 << 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path archive;
    private final Path work;

    /** @param work an empty folder for one compressed layer at a time */
    DockerArchive(Path archive, Path work) {
        this.archive = archive;
        this.work = work;
    }

    /** Stores the archive's one image in a repository, as an OCI image with compressed layers. */
    Digest copyTo(Repository repository, Progress progress) throws IOException {
        try (TarFile tar = new TarFile(archive.toFile());
                Progress.Task task =
                        progress.start("read " + archive.getFileName(), Files.size(archive), Progress.Unit.BYTES)) {
            JsonNode image = MAPPER.readTree(document(tar, "manifest.json")).path(0);
            byte[] config = document(tar, image.path("Config").asText());
            repository.pushBlob(Digest.sha256(config), config.length, BlobSource.of(config), task);
            ArtifactManifest manifest = ArtifactManifest.ofConfig(
                    Descriptor.of(MediaTypes.IMAGE_CONFIG, Digest.sha256(config), config.length));
            for (JsonNode name : image.path("Layers")) {
                manifest.layer(layer(tar, name.asText(), repository, task));
            }
            Manifest built = manifest.build();
            repository.pushManifest(built);
            return built.digest();
        }
    }

    private Descriptor layer(TarFile tar, String name, Repository repository, Progress.Task task) throws IOException {
        Path file = work.resolve("layer");
        Candidate.Artifact layer = ArtifactFile.write(file, MediaTypes.IMAGE_LAYER_GZIP, out -> {
            try (InputStream in = tar.getInputStream(entry(tar, name));
                    OutputStream gzip = TarGzWriter.gzip(out)) {
                in.transferTo(gzip);
            }
        });
        repository.pushBlob(layer.sha256(), layer.size(), BlobSource.of(file), task);
        Files.delete(file);
        return Descriptor.of(MediaTypes.IMAGE_LAYER_GZIP, layer.sha256(), layer.size());
    }

    private static byte[] document(TarFile tar, String name) throws IOException {
        try (InputStream in = tar.getInputStream(entry(tar, name))) {
            return in.readNBytes(LARGEST_DOCUMENT);
        }
    }

    private static TarArchiveEntry entry(TarFile tar, String name) throws IOException {
        Optional<TarArchiveEntry> found = tar.getEntries().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst();
        if (found.isPresent()
                && found.get().isSymbolicLink()) { // an older docker links equal layers: ../<id>/layer.tar
            return entry(
                    tar,
                    Path.of(name)
                            .resolveSibling(found.get().getLinkName())
                            .normalize()
                            .toString());
        }
        return found.orElseThrow(() -> new IOException("no " + name + " in the archive"));
    }
}
