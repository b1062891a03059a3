package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A stream that gives exactly the bytes of one digest and size, or throws a sentence that says how they differ. */
final class VerifiedStream extends FilterInputStream {
    private final String action;
    private final Digest expected;
    private final long size;
    private final MessageDigest digest;
    private long seen;
    private boolean ended;

    VerifiedStream(String action, InputStream in, Digest expected, long size) {
        super(in);
        this.action = action;
        this.expected = expected;
        this.size = size;
        this.digest = Digest.messageDigest(expected.algorithm());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            digest.update(target, offset, count);
            seen += count;
            if (seen > size) {
                throw Reasons.damaged(action, "it has more than the expected " + size + " bytes");
            }
        } else if (count < 0 && !ended) {
            ended = true;
            verify();
        }
        return count;
    }

    private void verify() {
        if (seen < size) {
            throw Reasons.damaged(action, "it ended after " + seen + " of " + size + " bytes");
        }
        Digest found = Digest.of(expected.algorithm(), digest);
        if (!found.equals(expected)) {
            throw Reasons.damaged(action, "its bytes have digest " + found + "; it was damaged or exchanged");
        }
    }

    /** Reads what it skips: all bytes count. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(8192, Math.max(0, count))];
        int read = buffer.length == 0 ? 0 : read(buffer, 0, buffer.length);
        return Math.max(0, read);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
