package io.jenkins.plugins.darwin.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Writes an archive entry by entry. Owner, modes and times are fixed, so the bytes depend on the calls alone. Closing
 * ends the archive and leaves the stream below open.
 */
public interface ArchiveWriter extends Closeable {
    /** @param path with {@code /} between its parts, none at the end */
    void directory(String path) throws IOException;

    /**
     * A file, mode 0644, or 0755 when executable.
     *
     * @param size in bytes; exactly so many are read from the content, which stays open
     */
    void file(String path, boolean executable, long size, InputStream content) throws IOException;

    void symlink(String path, String target) throws IOException;
}
