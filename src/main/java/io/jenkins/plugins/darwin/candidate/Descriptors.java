package io.jenkins.plugins.darwin.candidate;

import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.BlobSource;
import io.jenkins.plugins.darwin.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Files of a folder, as layers of an artifact. */
public final class Descriptors {
    private static final int BUFFER_BYTES = 1 << 16;

    private Descriptors() {}

    /** Pushes what the repository lacks, and describes each file, in the order of the names. */
    public static List<Descriptor> pushFolder(
            Repository repository, CandidateFolder folder, List<String> names, CandidateId id, Progress progress) {
        List<Descriptor> files =
                names.stream().map(name -> describe(folder.file(name))).toList();
        try (Progress.Task task = progress.start(
                "stage files of " + id,
                files.stream().mapToLong(Descriptor::size).sum(),
                Progress.Unit.BYTES)) {
            List<Descriptor> pushed = new ArrayList<>();
            for (Descriptor file : files) {
                repository.pushBlob(
                        file.digest(),
                        file.size(),
                        BlobSource.of(folder.file(file.title().orElseThrow())),
                        task);
                pushed.add(file);
            }
            return pushed;
        }
    }

    public static Descriptor describe(Path file) {
        MessageDigest sha256 = Digest.messageDigest("sha256");
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
                size += n;
            }
        } catch (IOException e) {
            throw ReleaseException.failed("Tried to read " + file + " but failed because: " + e.getMessage() + ".", e);
        }
        String name = file.getFileName().toString();
        return Descriptor.of(MediaType.ofFile(name), Digest.of("sha256", sha256), size)
                .titled(name);
    }
}
