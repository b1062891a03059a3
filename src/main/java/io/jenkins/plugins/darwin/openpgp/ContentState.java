package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * Where a SHA-512 stands once it has seen a whole content (FIPS 180-4): about 200 bytes that stand for gigabytes. Whoever has them
 * can end the hash by himself, to learn the content's SHA-512, and can go on with a trailer, to learn what a signature over that
 * same content signs. So the holder of a key need not believe that a digest to sign is that of the content it is told to be.
 *
 * @param chain the eight words of the hash after the last whole block, 64 bytes
 * @param length of the whole content, in bytes
 * @param tail the content after the last whole block, less than a block
 */
public record ContentState(byte[] chain, long length, byte[] tail) implements Serializable {
    private static final int BLOCK = 128;
    private static final int CHAIN = 64;
    private static final int DIGEST = 64;
    private static final int BUFFER = 1 << 16;
    /** Where Bouncy Castle's encoded state has the words, and how long it is between two blocks, with its purpose at the end. */
    private static final int COUNT_AT = 12;

    private static final int WORDS_AT = 28;
    private static final int ENCODED = 97;

    public ContentState {
        if (chain.length != CHAIN
                || tail.length >= BLOCK
                || length < tail.length
                || (length - tail.length) % BLOCK != 0) {
            throw ReleaseException.refused(
                    "Not the state of a hash: expected 64 bytes and a tail of less than a block.");
        }
        chain = chain.clone();
        tail = tail.clone();
    }

    @Override
    public byte[] chain() {
        return chain.clone();
    }

    @Override
    public byte[] tail() {
        return tail.clone();
    }

    /** Reads a file. */
    public static ContentState of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            SHA512Digest sha512 = new SHA512Digest();
            byte[] buffer = new byte[BUFFER];
            long length = 0;
            for (int n = in.readNBytes(buffer, 0, BUFFER); ; n = in.readNBytes(buffer, 0, BUFFER)) {
                length += n;
                int whole = n - n % BLOCK;
                sha512.update(buffer, 0, whole);
                if (n < BUFFER) {
                    byte[] chain = Arrays.copyOfRange(sha512.getEncodedState(), WORDS_AT, WORDS_AT + CHAIN);
                    return new ContentState(chain, length, Arrays.copyOfRange(buffer, whole, n));
                }
            }
        } catch (IOException e) {
            throw ReleaseException.failed("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Of the content. */
    public Digest sha512() {
        return new Digest("sha512", HexFormat.of().formatHex(end(new byte[0])));
    }

    /** What {@link DetachedSigner#sign} takes for this content. */
    public byte[] signable(SigningTrailer trailer) {
        return end(trailer.bytes());
    }

    private byte[] end(byte[] more) {
        byte[] encoded = new byte[ENCODED];
        ByteBuffer.wrap(encoded).putLong(COUNT_AT, length - tail.length);
        System.arraycopy(chain, 0, encoded, WORDS_AT, CHAIN);
        SHA512Digest sha512 = new SHA512Digest(encoded);
        sha512.update(tail, 0, tail.length);
        sha512.update(more, 0, more.length);
        byte[] digest = new byte[DIGEST];
        sha512.doFinal(digest, 0);
        return digest;
    }
}
