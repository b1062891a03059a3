package io.jenkins.plugins.darwin.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** A reproducible {@code .tar.gz}: POSIX (pax) tar, owner root (0), gzip header without name, time or system. */
public final class TarGzWriter implements ArchiveWriter {
    /** RFC 1952: 255, unknown. What the JDK and libraries put here differs between their versions. */
    private static final int GZIP_OS_UNKNOWN = 255;

    private static final int FILE_MODE = 0644;
    private static final int EXECUTABLE_MODE = 0755;
    private static final int LINK_MODE = 0777;

    private final TarArchiveOutputStream tar;
    private final long epochMillis;

    /**
     * Begins a compressed archive.
     *
     * @param out stays open when the archive ends
     * @param modified the time of every entry, in whole seconds
     */
    public TarGzWriter(OutputStream out, Instant modified) throws IOException {
        this(gzip(out), modified, true);
    }

    private TarGzWriter(OutputStream out, Instant modified, boolean closes) {
        this.epochMillis = modified.getEpochSecond() * 1000;
        this.tar = new TarArchiveOutputStream(closes ? out : keepOpen(out), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** An archive without compression: what the diff ID of an image layer is taken over. */
    public static TarGzWriter uncompressed(OutputStream out, Instant modified) {
        return new TarGzWriter(out, modified, false);
    }

    /** A gzip stream with a fixed header. Closing it leaves the stream below open. */
    public static OutputStream gzip(OutputStream out) throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setModificationTime(0);
        parameters.setOperatingSystem(GZIP_OS_UNKNOWN);
        parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
        return new GzipCompressorOutputStream(keepOpen(out), parameters);
    }

    @Override
    public void directory(String path) throws IOException {
        put(path + "/", TarConstants.LF_DIR, EXECUTABLE_MODE, 0, "");
        tar.closeArchiveEntry();
    }

    @Override
    public void file(String path, boolean executable, long size, InputStream content) throws IOException {
        put(path, TarConstants.LF_NORMAL, executable ? EXECUTABLE_MODE : FILE_MODE, size, "");
        content.transferTo(tar);
        tar.closeArchiveEntry();
    }

    @Override
    public void symlink(String path, String target) throws IOException {
        put(path, TarConstants.LF_SYMLINK, LINK_MODE, 0, target);
        tar.closeArchiveEntry();
    }

    private void put(String path, byte type, int mode, long size, String link) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, type);
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        entry.setMode(mode);
        entry.setSize(size);
        entry.setLinkName(link);
        entry.setModTime(epochMillis);
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private static OutputStream keepOpen(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }
}
