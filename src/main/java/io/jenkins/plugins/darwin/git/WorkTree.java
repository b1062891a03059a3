package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * A commit's files as Git writes them into a work tree or an archive: line ends, identifiers and encodings by
 * {@code .gitattributes}, and the content itself where Git LFS stores a pointer. What has no attribute goes through untouched.
 */
public final class WorkTree implements GitTree {
    private static final int MOST_NAMES = 5;

    private final GitTree stored;
    private final LargeFiles large;
    private final PathAttributes attributes;
    /** By path: what a pointer leads to. Asked for more than once. */
    private final Map<String, Path> fetched = new ConcurrentHashMap<>();

    public WorkTree(GitTree stored, LargeFiles large) {
        this.stored = stored;
        this.large = large;
        this.attributes = PathAttributes.of(stored);
    }

    /** The attributes of the tree, for those who need others. */
    public PathAttributes attributes() {
        return attributes;
    }

    /** How many files behind pointers were brought so far. */
    public int largeFiles() {
        return fetched.size();
    }

    @Override
    public CommitId commit() {
        return stored.commit();
    }

    @Override
    public List<GitEntry> list() {
        return written(stored.list());
    }

    @Override
    public List<String> paths() {
        return stored.paths();
    }

    /** As stored: who looks through all files looks for what people wrote. */
    @Override
    public void forEachFile(int largest, BiConsumer<String, byte[]> visitor) {
        stored.forEachFile(largest, visitor);
    }

    @Override
    public List<GitEntry> list(String folder) {
        return written(stored.list(folder));
    }

    @Override
    public Optional<GitEntry> find(String path) {
        return stored.find(path).map(e -> written(List.of(e)).get(0));
    }

    @Override
    public Optional<byte[]> read(String path) {
        return find(path).filter(e -> e.mode() != GitEntry.Mode.GITLINK).map(entry -> {
            try (InputStream in = open(entry)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw ReleaseException.failed("Can't read '" + path + "' of commit " + commit().abbreviated() + ".", e);
            }
        });
    }

    @Override
    public InputStream open(GitEntry entry) {
        Path content = fetched.get(entry.path());
        if (content != null) {
            try {
                return Files.newInputStream(content);
            } catch (IOException e) {
                throw ReleaseException.failed(
                        "Can't read what Git LFS stored of '" + entry.path() + "' in " + content + ".", e);
            }
        }
        Optional<WorkTreeText> text = text(entry);
        return text.isPresent()
                ? new ByteArrayInputStream(text.get().write(bytes(entry), entry.id(), entry.path()))
                : stored.open(entry);
    }

    @Override
    public void checkout(Path directory, Progress progress) {
        Checkout.write(this, directory, progress);
    }

    /** The same entries with the sizes of what is written; large files are fetched, all that are missing together. */
    private List<GitEntry> written(List<GitEntry> entries) {
        List<GitEntry> result = new ArrayList<>(entries.size());
        Map<String, LargeFilePointer> pointers = new LinkedHashMap<>();
        for (GitEntry entry : entries) {
            Optional<LargeFilePointer> pointer = pointer(entry);
            if (pointer.isPresent()) {
                pointers.put(entry.path(), pointer.get());
                result.add(withSize(entry, pointer.get().size()));
            } else {
                result.add(text(entry)
                        .map(t -> withSize(entry, t.write(bytes(entry), entry.id(), entry.path()).length))
                        .orElse(entry));
            }
        }
        pointers.keySet().removeAll(fetched.keySet());
        if (!pointers.isEmpty()) {
            fetched.putAll(large.fetch(pointers));
        }
        return result;
    }

    private static GitEntry withSize(GitEntry entry, long size) {
        return new GitEntry(entry.path(), entry.mode(), entry.id(), size);
    }

    private Optional<LargeFilePointer> pointer(GitEntry entry) {
        boolean maybe =
                entry.isFile() && entry.size() >= LargeFilePointer.SHORTEST && entry.size() < LargeFilePointer.LONGEST;
        return maybe ? LargeFilePointer.parse(bytes(entry)) : Optional.empty();
    }

    private Optional<WorkTreeText> text(GitEntry entry) {
        return entry.isFile() ? WorkTreeText.of(attributes, entry.path()) : Optional.empty();
    }

    private byte[] bytes(GitEntry entry) {
        try (InputStream in = stored.open(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Can't read '" + entry.path() + "' of commit " + commit().abbreviated() + ".", e);
        }
    }

    /** Names of large files, for a message: a few, and how many more. */
    static String some(Iterable<String> paths) {
        List<String> all = new ArrayList<>();
        paths.forEach(all::add);
        String names = String.join(", ", all.subList(0, Math.min(MOST_NAMES, all.size())));
        return all.size() > MOST_NAMES ? names + " and " + (all.size() - MOST_NAMES) + " more" : names;
    }
}
