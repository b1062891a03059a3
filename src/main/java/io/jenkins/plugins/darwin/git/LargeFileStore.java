package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of Git LFS, kept beside the copy of the repository as Git LFS itself keeps it ({@code objects/aa/bb/oid}); what is
 * missing comes from the remote: its folder, or its server by {@link LargeFileServer}.
 */
public final class LargeFileStore implements LargeFiles {
    private static final int BUFFER_BYTES = 1 << 16;

    private final GitRemote remote;
    private final Path store;
    private final Progress progress;

    /** @param store folder that content is kept in, made when it is needed */
    public LargeFileStore(GitRemote remote, Path store, Progress progress) {
        this.remote = remote;
        this.store = store;
        this.progress = progress;
    }

    @Override
    public Map<String, Path> fetch(Map<String, LargeFilePointer> pointers) {
        Map<String, Path> found = new LinkedHashMap<>();
        Map<LargeFilePointer, List<String>> missing = new LinkedHashMap<>();
        pointers.forEach((path, pointer) -> {
            Path file = place(store, pointer);
            if (Files.isRegularFile(file)) {
                found.put(path, file);
            } else {
                missing.computeIfAbsent(pointer, p -> new ArrayList<>()).add(path);
            }
        });
        if (!missing.isEmpty()) {
            bring(missing);
            missing.forEach((pointer, paths) -> paths.forEach(path -> found.put(path, place(store, pointer))));
        }
        return found;
    }

    private void bring(Map<LargeFilePointer, List<String>> missing) {
        long bytes = missing.keySet().stream().mapToLong(LargeFilePointer::size).sum();
        List<String> paths = missing.values().stream().flatMap(List::stream).toList();
        try (Progress.Task task = progress.start("Git LFS: " + paths.size() + " files", bytes, Progress.Unit.BYTES)) {
            switch (remote.transport()) {
                case PATH -> {
                    for (LargeFilePointer pointer : missing.keySet()) {
                        fromFolder(pointer, task);
                    }
                }
                case HTTP ->
                    new LargeFileServer(remote)
                            .download(List.copyOf(missing.keySet()), (pointer, in) -> keep(pointer, in, task));
                case SSH ->
                    throw new IOException(
                            "an ssh remote has no address that content can be read from; give the repository's https address");
            }
        } catch (IOException e) {
            if (e instanceof InterruptedIOException) {
                Thread.currentThread().interrupt();
            }
            throw ReleaseException.refused(
                    (paths.size() == 1 ? "A file is" : paths.size() + " files are")
                            + " kept in Git LFS, and the content can't be had: " + e.getMessage() + ". That is "
                            + WorkTree.some(paths)
                            + ": push it ('git lfs push --all origin'), or leave it out of what is released.",
                    e);
        }
    }

    /** As {@code git lfs} finds it in a remote that is a folder: bare, or with a work tree. */
    private void fromFolder(LargeFilePointer pointer, Progress.Task task) throws IOException {
        for (Path folder : List.of(remote.path(), remote.path().resolve(".git"))) {
            Path file = place(folder.resolve("lfs"), pointer);
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    keep(pointer, in, task);
                }
                return;
            }
        }
        throw new IOException("the repository " + remote + " does not hold object "
                + pointer.digest().abbreviated());
    }

    /** Nothing gets its name before it is what the pointer says. */
    private void keep(LargeFilePointer pointer, InputStream in, Progress.Task task) throws IOException {
        Path target = place(store, pointer);
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), ".", ".part");
        try {
            MessageDigest sha256 = Digest.messageDigest("sha256");
            long size = 0;
            try (OutputStream out = Files.newOutputStream(part)) {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int count = in.read(buffer); count >= 0 && size <= pointer.size(); count = in.read(buffer)) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new InterruptedIOException("stopped");
                    }
                    out.write(buffer, 0, count);
                    sha256.update(buffer, 0, count);
                    size += count;
                    task.advance(count);
                }
            }
            Digest digest = Digest.of("sha256", sha256);
            if (size != pointer.size() || !digest.equals(pointer.digest())) {
                throw new IOException("expected " + pointer.size() + " bytes with "
                        + pointer.digest().abbreviated() + ", found "
                        + (size > pointer.size() ? "more" : size + " bytes with " + digest.abbreviated()));
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path place(Path folder, LargeFilePointer pointer) {
        String oid = pointer.digest().hex();
        return folder.resolve("objects")
                .resolve(oid.substring(0, 2))
                .resolve(oid.substring(2, 4))
                .resolve(oid);
    }
}
