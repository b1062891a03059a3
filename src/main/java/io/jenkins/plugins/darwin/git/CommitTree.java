package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.RepositoryPath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/** A commit's files, through the mirror that heals itself. */
final class CommitTree implements GitTree {
    private final GitMirror mirror;
    private final CommitId commit;

    CommitTree(GitMirror mirror, CommitId commit) {
        this.mirror = mirror;
        this.commit = commit;
    }

    @Override
    public CommitId commit() {
        return commit;
    }

    @Override
    public List<GitEntry> list() {
        return mirror.with("reading the files of", repository -> walk(repository, null));
    }

    @Override
    public List<String> paths() {
        return mirror.with("reading the files of", repository -> {
            try (RevWalk revs = new RevWalk(repository);
                    TreeWalk walk = all(revs)) {
                List<String> paths = new ArrayList<>();
                while (walk.next()) {
                    String path = requireSafe(walk.getPathString(), walk.getRawPath());
                    if (mode(walk.getFileMode()).isFile()) {
                        paths.add(path);
                    }
                }
                return paths;
            }
        });
    }

    @Override
    public List<GitEntry> list(String folder) {
        String path = RepositoryPath.requireFolder(folder);
        return path.equals(".") ? list() : mirror.with("reading the files of", repository -> walk(repository, path));
    }

    @Override
    public Optional<GitEntry> find(String path) {
        String checked = RepositoryPath.require(path);
        return mirror.with("reading the files of", repository -> {
            try (RevWalk revs = new RevWalk(repository);
                    TreeWalk walk = TreeWalk.forPath(
                            revs.getObjectReader(),
                            checked,
                            Ids.commit(revs, commit).getTree())) {
                return walk == null || walk.getFileMode().equals(FileMode.TREE)
                        ? Optional.<GitEntry>empty()
                        : Optional.of(entry(walk, revs.getObjectReader()));
            }
        });
    }

    @Override
    public Optional<byte[]> read(String path) {
        return find(path).filter(e -> e.mode() != GitEntry.Mode.GITLINK).map(this::content);
    }

    @Override
    public void forEachFile(int most, BiConsumer<String, byte[]> reader) {
        mirror.with("reading the files of", repository -> {
            try (RevWalk revs = new RevWalk(repository);
                    TreeWalk walk = all(revs)) {
                while (walk.next()) {
                    String path = requireSafe(walk.getPathString(), walk.getRawPath());
                    if (mode(walk.getFileMode()).isFile()) {
                        ObjectLoader file = revs.getObjectReader().open(walk.getObjectId(0), Constants.OBJ_BLOB);
                        if (file.getSize() <= most) {
                            reader.accept(path, file.getCachedBytes(most));
                        }
                    }
                }
                return null;
            }
        });
    }

    private byte[] content(GitEntry entry) {
        try (InputStream in = open(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw ReleaseException.failed(
                    "Can't read '" + entry.path() + "' of commit " + commit.abbreviated() + ".", e);
        }
    }

    @Override
    public InputStream open(GitEntry entry) {
        if (entry.mode() == GitEntry.Mode.GITLINK) {
            throw ReleaseException.refused(
                    "'" + entry.path() + "' is a submodule: its content is not in this repository.");
        }
        return mirror.with("reading the files of", repository -> {
            ObjectReader reader = repository.newObjectReader();
            try {
                return new FilterInputStream(
                        reader.open(Ids.of(entry.id()), Constants.OBJ_BLOB).openStream()) {
                    @Override
                    public void close() throws IOException {
                        super.close();
                        reader.close();
                    }
                };
            } catch (IOException | RuntimeException e) {
                reader.close();
                throw e;
            }
        });
    }

    @Override
    public void checkout(Path directory, Progress progress) {
        Checkout.write(this, directory, progress);
    }

    /** Walking in tree order gives the order of the paths' bytes. */
    private List<GitEntry> walk(Repository repository, String below) throws IOException {
        try (RevWalk revs = new RevWalk(repository);
                TreeWalk walk = all(revs)) {
            if (below != null) {
                walk.setFilter(PathFilter.create(below));
            }
            List<GitEntry> entries = new ArrayList<>();
            while (walk.next()) {
                entries.add(entry(walk, revs.getObjectReader()));
            }
            return entries;
        }
    }

    private TreeWalk all(RevWalk revs) throws IOException {
        TreeWalk walk = new TreeWalk(revs.getObjectReader());
        walk.addTree(Ids.commit(revs, commit).getTree());
        walk.setRecursive(true);
        return walk;
    }

    private GitEntry entry(TreeWalk walk, ObjectReader reader) throws IOException {
        String path = requireSafe(walk.getPathString(), walk.getRawPath());
        GitEntry.Mode mode = mode(walk.getFileMode());
        long size = mode == GitEntry.Mode.GITLINK ? 0 : reader.getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB);
        return new GitEntry(path, mode, Ids.of(walk.getObjectId(0)), size);
    }

    private String requireSafe(String path, byte[] raw) {
        try {
            RepositoryPath.require(path);
        } catch (ReleaseException e) {
            throw ReleaseException.refused(
                    "Commit " + commit.abbreviated() + " holds an unsafe path. " + e.getMessage(), e);
        }
        if (!Arrays.equals(path.getBytes(StandardCharsets.UTF_8), raw)) {
            throw ReleaseException.refused("Commit " + commit.abbreviated() + " holds a path that is not UTF-8: '"
                    + GitNames.printable(path) + "'; rename the file.");
        }
        return path;
    }

    private static GitEntry.Mode mode(FileMode mode) {
        if (mode.equals(FileMode.EXECUTABLE_FILE)) {
            return GitEntry.Mode.EXECUTABLE;
        }
        if (mode.equals(FileMode.SYMLINK)) {
            return GitEntry.Mode.SYMLINK;
        }
        return mode.equals(FileMode.GITLINK) ? GitEntry.Mode.GITLINK : GitEntry.Mode.REGULAR;
    }
}
