package io.jenkins.plugins.darwin.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * A reproducible {@code .zip}: UTF-8 names, unix modes, Zip64 where needed, symlinks as Info-ZIP stores them.
 *
 * <p>A zip has two times. The old one is a local time without a zone, and the library turns an instant into it by the zone
 * of this JVM: two machines would differ. So it holds noon of the commit's day (UTC), a local time that no zone skips,
 * and the extended timestamp (which unzip and others prefer) the exact second.
 */
public final class ZipWriter implements ArchiveWriter {
    private static final LocalDate EARLIEST = LocalDate.of(1980, 1, 1);
    private static final int FILE_MODE = UnixStat.FILE_FLAG | 0644;
    private static final int EXECUTABLE_MODE = UnixStat.FILE_FLAG | 0755;
    private static final int DIRECTORY_MODE = UnixStat.DIR_FLAG | 0755;
    private static final int LINK_MODE = UnixStat.LINK_FLAG | 0777;

    private final ZipArchiveOutputStream zip;
    private final Instant modified;
    private final long dosMillis;

    /**
     * Begins an archive.
     *
     * @param out stays open when the archive ends
     * @param modified the time of every entry, in whole seconds
     */
    public ZipWriter(OutputStream out, Instant modified) {
        this.modified = Instant.ofEpochSecond(modified.getEpochSecond());
        this.dosMillis =
                noon(modified).atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
        this.zip = new ZipArchiveOutputStream(out);
        zip.setEncoding(StandardCharsets.UTF_8.name());
        zip.setUseLanguageEncodingFlag(true);
        zip.setUseZip64(Zip64Mode.AsNeeded);
    }

    private static LocalDateTime noon(Instant time) {
        LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
        return (day.isBefore(EARLIEST) ? EARLIEST : day).atTime(12, 0);
    }

    @Override
    public void directory(String path) throws IOException {
        put(path + "/", DIRECTORY_MODE, 0, ZipArchiveEntry.STORED, InputStream.nullInputStream());
    }

    @Override
    public void file(String path, boolean executable, long size, InputStream content) throws IOException {
        put(path, executable ? EXECUTABLE_MODE : FILE_MODE, size, ZipArchiveEntry.DEFLATED, content);
    }

    @Override
    public void symlink(String path, String target) throws IOException {
        byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
        put(path, LINK_MODE, bytes.length, ZipArchiveEntry.DEFLATED, new ByteArrayInputStream(bytes));
    }

    private void put(String path, int mode, long size, int method, InputStream content) throws IOException {
        ZipArchiveEntry entry = new FixedEntry(path, dosMillis);
        entry.setUnixMode(mode);
        entry.setMethod(method);
        entry.setSize(size);
        if (method == ZipArchiveEntry.STORED) {
            entry.setCrc(0); // only ever an empty directory
        }
        X5455_ExtendedTimestamp exact = new X5455_ExtendedTimestamp();
        exact.setModifyFileTime(FileTime.from(modified));
        exact.setFlags(X5455_ExtendedTimestamp.MODIFY_TIME_BIT);
        entry.addExtraField(exact);
        zip.putArchiveEntry(entry);
        content.transferTo(zip);
        zip.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
        zip.finish();
    }

    /** The JDK's entry takes its time from the extended timestamp as soon as there is one; the old time stays ours. */
    private static final class FixedEntry extends ZipArchiveEntry {
        private final long dosMillis;

        FixedEntry(String path, long dosMillis) {
            super(path);
            this.dosMillis = dosMillis;
        }

        @Override
        public long getTime() {
            return dosMillis;
        }
    }
}
