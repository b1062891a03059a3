package io.jenkins.plugins.darwin.testing;

import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A tree for tests that need what a real commit rarely has, and no repository around it. */
public class MemoryTree implements GitTree {
    private final TreeMap<String, GitEntry> entries = new TreeMap<>();
    private final TreeMap<String, byte[]> contents = new TreeMap<>();

    public MemoryTree file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public MemoryTree file(String path, byte[] content) {
        return put(path, GitEntry.Mode.REGULAR, content);
    }

    public MemoryTree executable(String path, String content) {
        return executable(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public MemoryTree executable(String path, byte[] content) {
        return put(path, GitEntry.Mode.EXECUTABLE, content);
    }

    public MemoryTree link(String path, String target) {
        return put(path, GitEntry.Mode.SYMLINK, target.getBytes(StandardCharsets.UTF_8));
    }

    public MemoryTree submodule(String path) {
        return put(path, GitEntry.Mode.GITLINK, new byte[0]);
    }

    /** The same tree without what lies at or below a path. */
    public MemoryTree without(String path) {
        entries.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
        return this;
    }

    /** What a folder of the machine holds, links included. */
    public static MemoryTree of(Path folder) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (var walk = Files.walk(folder)) {
            for (Path each : walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                String path = folder.relativize(each).toString();
                if (Files.isSymbolicLink(each)) {
                    tree.link(path, Files.readSymbolicLink(each).toString());
                } else if (Files.isExecutable(each)) {
                    tree.put(path, GitEntry.Mode.EXECUTABLE, Files.readAllBytes(each));
                } else {
                    tree.file(path, Files.readAllBytes(each));
                }
            }
        }
        return tree;
    }

    @Override
    public void forEachFile(int most, BiConsumer<String, byte[]> reader) {
        entries.values().stream()
                .filter(e -> e.isFile() && e.size() <= most)
                .forEach(e -> reader.accept(e.path(), contents.get(e.path())));
    }

    private MemoryTree put(String path, GitEntry.Mode mode, byte[] content) {
        String id = Digest.sha256(content).hex().substring(0, 40);
        entries.put(path, new GitEntry(path, mode, new CommitId(id), content.length));
        contents.put(path, content);
        return this;
    }

    @Override
    public CommitId commit() {
        return new CommitId("0123456789abcdef0123456789abcdef01234567");
    }

    @Override
    public List<GitEntry> list() {
        return List.copyOf(entries.values());
    }

    @Override
    public List<String> paths() {
        return entries.values().stream()
                .filter(GitEntry::isFile)
                .map(GitEntry::path)
                .toList();
    }

    @Override
    public List<GitEntry> list(String folder) {
        return entries.values().stream()
                .filter(e -> folder.equals(".")
                        || e.path().equals(folder)
                        || e.path().startsWith(folder + "/"))
                .toList();
    }

    @Override
    public Optional<GitEntry> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    @Override
    public Optional<byte[]> read(String path) {
        return find(path).map(entry -> contents.get(path));
    }

    @Override
    public InputStream open(GitEntry entry) {
        return new ByteArrayInputStream(contents.get(entry.path()));
    }

    @Override
    public void checkout(Path directory, Progress progress) {
        try {
            for (GitEntry entry : entries.values()) {
                Path file = directory.resolve(entry.path());
                Files.createDirectories(file.getParent());
                switch (entry.mode()) {
                    case SYMLINK ->
                        Files.createSymbolicLink(
                                file, Path.of(new String(contents.get(entry.path()), StandardCharsets.UTF_8)));
                    case GITLINK -> Files.createDirectories(file);
                    default -> {
                        Files.write(file, contents.get(entry.path()));
                        file.toFile().setExecutable(entry.mode() == GitEntry.Mode.EXECUTABLE);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
