package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Progress;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The files of one commit, read from the mirror. Content is what Git stores: no line ending is changed, no filter runs.
 * Safe for use by several threads, as long as the mirror is open.
 */
public interface GitTree {
    /** The commit whose tree this is. */
    CommitId commit();

    /**
     * All files, sorted by the bytes of their UTF-8 paths.
     *
     * @throws io.jenkins.plugins.darwin.model.ReleaseException refused, when the tree holds a path that is unsafe to
     *     write anywhere ({@code ..}, {@code .git}, an absolute path)
     */
    List<GitEntry> list();

    /** The paths of the regular files alone, as {@link #list()} has them; quicker, since no size is looked up. */
    List<String> paths();

    /** The files in and below a folder ({@code helm/darwin}), or the one file of this name; paths stay whole. */
    List<GitEntry> list(String folder);

    /** The file or symlink of this path. */
    Optional<GitEntry> find(String path);

    /** A file's content, or a symlink's target; empty when there is no such file. For files of a few megabytes. */
    Optional<byte[]> read(String path);

    /**
     * Hands every regular file to somebody, in one walk: far quicker than to read them one by one.
     *
     * @param most files of more bytes are left out
     * @param reader gets path and content; a file may come twice, when the mirror had to be mended meanwhile
     */
    void forEachFile(int most, BiConsumer<String, byte[]> reader);

    /** A file's content as a stream, for files of any size. The caller closes it. */
    InputStream open(GitEntry entry);

    /**
     * Writes every file into a folder, for build scripts: a plain work tree with no {@code .git}. A submodule becomes an
     * empty folder.
     *
     * @param directory is created, or must be empty
     * @throws io.jenkins.plugins.darwin.model.ReleaseException refused, before anything is written, when a path or a
     *     symlink leads out of the folder
     */
    void checkout(Path directory, Progress progress);
}
