package io.jenkins.plugins.darwin.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.archive.ArtifactFile;
import io.jenkins.plugins.darwin.archive.TarGzWriter;
import io.jenkins.plugins.darwin.archive.TreeLinks;
import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import io.jenkins.plugins.darwin.registry.ArtifactManifest;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.MediaTypes;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An image whose content is just files, assembled here without a tool: one layer, and the same digest on every machine.
 *
 * <p>Files fit every processor, but a config must name one and clients refuse an image of another: linux/amd64, which Docker
 * and Kubernetes take where nothing else is asked for.
 */
final class FilesImage {
    private static final String ARCHITECTURE = "amd64";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ImageSource.Files source;
    private final BuildContext context;

    FilesImage(ImageSource.Files source, BuildContext context) {
        this.source = source;
        this.context = context;
    }

    /** @param work for the layer, while it is pushed */
    Candidate.Image build(Path work) {
        String folder = RepositoryPath.requireFolder(source.files());
        List<GitEntry> entries = entries(folder);
        MessageDigest unpacked = Digest.messageDigest("sha256");
        Path file = work.resolve(source.name().replace('/', '-') + ".layer");
        Candidate.Artifact layer =
                ArtifactFile.write(file, MediaTypes.IMAGE_LAYER_GZIP, out -> write(out, unpacked, folder, entries));
        byte[] config = config(Digest.of("sha256", unpacked));
        Manifest manifest = ArtifactManifest.ofConfig(
                        Descriptor.of(MediaTypes.IMAGE_CONFIG, Digest.sha256(config), config.length))
                .layer(Descriptor.of(MediaTypes.IMAGE_LAYER_GZIP, layer.sha256(), layer.size()))
                .build();

        Repository repository = context.staging().apply(source.name());
        long bytes = layer.size() + config.length;
        try (Progress.Task task = context.progress().start("push " + source.name(), bytes, Progress.Unit.BYTES)) {
            repository.pushBlob(layer.sha256(), layer.size(), BlobSource.of(file), task);
            repository.pushBlob(Digest.sha256(config), config.length, BlobSource.of(config), task);
        }
        repository.pushManifest(manifest);
        return new Candidate.Image(source.name(), manifest.mediaType(), manifest.digest(), manifest.raw().length);
    }

    private List<GitEntry> entries(String folder) {
        List<GitEntry> all =
                folder.equals(".") ? context.tree().list() : context.tree().list(folder);
        List<GitEntry> entries = new ArrayList<>(all);
        for (GitEntry each : all) {
            if (each.mode() == GitEntry.Mode.GITLINK) {
                context.progress()
                        .message("Left out of image " + source.name() + ": submodule " + each.path()
                                + " (its files are in another repository).");
                entries.remove(each);
            }
        }
        if (entries.isEmpty()) {
            throw ReleaseException.refused("Image " + source.name() + " was not built: there is no file at '" + folder
                    + "' in commit " + context.commit().abbreviated() + ". Check 'files' of the image.");
        }
        return entries;
    }

    private void write(OutputStream out, MessageDigest unpacked, String folder, List<GitEntry> entries)
            throws IOException {
        TreeLinks links = new TreeLinks(context.tree(), entries);
        try (OutputStream gzip = TarGzWriter.gzip(out);
                TarGzWriter tar =
                        TarGzWriter.uncompressed(new DigestOutputStream(gzip, unpacked), context.commitTime())) {
            TreeSet<String> made = new TreeSet<>();
            for (GitEntry entry : entries) {
                String path = inImage(folder, entry.path());
                for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                    if (made.add(path.substring(0, slash))) {
                        tar.directory(path.substring(0, slash));
                    }
                }
                if (entry.mode() == GitEntry.Mode.SYMLINK) {
                    tar.symlink(path, target(folder, entry, links));
                } else {
                    try (InputStream content = context.tree().open(entry)) {
                        tar.file(path, entry.mode() == GitEntry.Mode.EXECUTABLE, entry.size(), content);
                    }
                }
            }
        }
    }

    /** A layer has no leading slash. A single file goes into the target folder under its own name. */
    private String inImage(String folder, String path) {
        String target = source.target().replaceAll("^/+|/+$", "");
        String relative = folder.equals(".")
                ? path
                : path.equals(folder) ? path.substring(path.lastIndexOf('/') + 1) : path.substring(folder.length() + 1);
        return target.isEmpty() ? relative : RepositoryPath.require(target) + "/" + relative;
    }

    private String target(String folder, GitEntry link, TreeLinks links) {
        Optional<String> end = links.resolve(link.path());
        if (end.isEmpty() || !folder.equals(".") && !end.get().startsWith(folder + "/")) {
            throw ReleaseException.refused("Image " + source.name() + " was not built: symbolic link " + link.path()
                    + " (to '" + links.target(link.path()) + "') leads out of " + folder
                    + ". Put the file there, or remove the link.");
        }
        return links.target(link.path());
    }

    private byte[] config(Digest unpacked) {
        String created = context.commitTime().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode json = MAPPER.createObjectNode();
        json.put("created", created).put("architecture", ARCHITECTURE).put("os", "linux");
        ObjectNode labels = json.putObject("config").putObject("Labels");
        Labels.of(context).forEach(labels::put);
        json.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(unpacked.toString());
        json.putArray("history").addObject().put("created", created).put("created_by", "files " + source.files());
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of text always writes
        }
    }
}
