package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.GitEntry;
import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A commit's files as edits will leave them, before there is a commit.
 *
 * @param edits new content by path, of files that are there
 */
record EditedTree(GitTree tree, Map<String, byte[]> edits) implements GitTree {
    @Override
    public CommitId commit() {
        return tree.commit();
    }

    @Override
    public List<GitEntry> list() {
        return tree.list().stream().map(this::edited).toList();
    }

    @Override
    public List<String> paths() {
        return tree.paths();
    }

    @Override
    public List<GitEntry> list(String folder) {
        return tree.list(folder).stream().map(this::edited).toList();
    }

    @Override
    public Optional<GitEntry> find(String path) {
        return tree.find(path).map(this::edited);
    }

    @Override
    public Optional<byte[]> read(String path) {
        return edits.containsKey(path) ? Optional.of(edits.get(path)) : tree.read(path);
    }

    @Override
    public void forEachFile(int most, BiConsumer<String, byte[]> reader) {
        tree.forEachFile(most, (path, content) -> reader.accept(path, edits.getOrDefault(path, content)));
    }

    @Override
    public InputStream open(GitEntry entry) {
        return edits.containsKey(entry.path()) ? new ByteArrayInputStream(edits.get(entry.path())) : tree.open(entry);
    }

    /** Builds start from commits only. */
    @Override
    public void checkout(Path directory, Progress progress) {
        throw new UnsupportedOperationException("edits have no commit yet");
    }

    private GitEntry edited(GitEntry entry) {
        return edits.containsKey(entry.path())
                ? new GitEntry(entry.path(), entry.mode(), entry.id(), edits.get(entry.path()).length)
                : entry;
    }
}
