package io.jenkins.plugins.darwin.archive;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Hashes and counts what goes through, so that no file is read a second time for its checksums. */
public final class HashingOutputStream extends FilterOutputStream {
    private final MessageDigest sha256 = Digest.messageDigest("sha256");
    private final MessageDigest sha512 = Digest.messageDigest("sha512");
    private long size;

    public HashingOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** @throws InterruptedIOException when the thread is interrupted: gigabytes are compressed on the way here, which asks nobody */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        out.write(bytes, offset, length);
        sha256.update(bytes, offset, length);
        sha512.update(bytes, offset, length);
        size += length;
    }

    /** What went through, as a file of the candidate. Ends the hashing: call it once, after the last write. */
    public Candidate.Artifact artifact(String name, String mediaType) {
        return new Candidate.Artifact(name, mediaType, size, Digest.of("sha256", sha256), Digest.of("sha512", sha512));
    }
}
