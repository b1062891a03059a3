package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one upload, in slices. One stream serves slices that follow each other; going back opens a new one. Each
 * byte counts once as progress, however often it is sent.
 */
final class UploadSource implements AutoCloseable {
    private final BlobSource source;
    private final Progress.Task task;
    private InputStream open;
    private Slice last;
    private long position;
    private long reported;

    UploadSource(BlobSource source, Progress.Task task) {
        this.source = source;
        this.task = task;
    }

    Wire.Body body(long start, long length) {
        return new Wire.Body(length, () -> at(start, length));
    }

    private synchronized InputStream at(long start, long length) throws IOException {
        // A slice that was cut off may still be read by the HTTP client: its stream must not serve a second reader.
        if (open == null || position != start || last.left > 0) {
            close();
            open = source.open();
            open.skipNBytes(start);
            position = start;
        }
        last = new Slice(open, length);
        return last;
    }

    private synchronized void moved(Slice slice, long count) {
        if (slice != last) {
            return;
        }
        position += count;
        if (position > reported) {
            task.advance(position - reported);
            reported = position;
        }
    }

    /** Reports what was never read because the server had it. */
    synchronized void finish(long size) {
        if (size > reported) {
            task.advance(size - reported);
        }
    }

    @Override
    public synchronized void close() {
        InputStream used = open;
        open = null;
        if (used != null) {
            try {
                used.close();
            } catch (IOException e) {
                // only ever read from
            }
        }
    }

    private final class Slice extends FilterInputStream {
        private volatile long left;

        Slice(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(target, offset, (int) Math.min(length, left));
            if (count > 0) {
                moved(this, count);
                left -= count;
            }
            return count;
        }

        /** The stream stays for the next slice. */
        @Override
        public void close() {
            // see UploadSource.close
        }
    }
}
