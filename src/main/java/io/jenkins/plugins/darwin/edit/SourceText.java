package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A text file, its byte order mark set aside, every other char as it is in the file.
 *
 * @param name for messages
 * @param text without a byte order mark
 * @param encoding how the bytes are read and written
 */
public record SourceText(String name, String text, Encoding encoding) {
    /** How a file's chars stand in its bytes. */
    public enum Encoding {
        UTF_8(StandardCharsets.UTF_8, false),
        UTF_8_MARKED(StandardCharsets.UTF_8, true),
        UTF_16LE(StandardCharsets.UTF_16LE, false),
        UTF_16LE_MARKED(StandardCharsets.UTF_16LE, true),
        UTF_16BE(StandardCharsets.UTF_16BE, false),
        UTF_16BE_MARKED(StandardCharsets.UTF_16BE, true),
        /**
         * One byte a char. Stands for every encoding that is ASCII where its bytes are (ISO 8859, Windows, Shift JIS, a
         * mixture): what is edited is ASCII, and every other byte is written as it was read.
         */
        SINGLE_BYTES(StandardCharsets.ISO_8859_1, false);

        private final Charset charset;
        private final boolean marked;

        Encoding(Charset charset, boolean marked) {
            this.charset = charset;
            this.marked = marked;
        }
    }

    private static final char MARK = '\uFEFF';
    /**
     * The control chars 0x80 to 0x9F, which YAML forbids and Windows has letters at, are read as private chars from here:
     * U+F780 to U+F79F.
     */
    private static final int PRIVATE = 0xF700;
    /** So much of a file tells whether it is text. */
    private static final int LOOKED_AT = 8_000;

    /**
     * Reads Unicode: UTF-8, or UTF-16 where its byte order mark or its zeros show it.
     *
     * @throws ReleaseException refused, when the bytes are neither, with the line that is not
     */
    public static SourceText decode(String name, byte[] bytes) {
        Encoding encoding = guess(bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        String text;
        try {
            text = encoding.charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException e) {
            // The decoder stops in front of the bad byte.
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw ReleaseException.refused(name + ":" + line + ": not "
                    + (encoding.charset == StandardCharsets.UTF_8 ? "UTF-8" : "UTF-16") + " text (byte " + in.position()
                    + " is 0x" + Integer.toHexString(bytes[in.position()] & 0xff) + "); convert the file to UTF-8.");
        }
        return new SourceText(name, encoding.marked ? text.substring(1) : text, encoding);
    }

    /**
     * Reads any text whose version is ASCII: Unicode as {@link #decode} does, else byte by byte.
     *
     * @throws ReleaseException refused, when the file is binary: it has zeros and is no UTF-16
     */
    public static SourceText decodeAny(String name, byte[] bytes) {
        if (isBinary(bytes)) {
            throw ReleaseException.refused(name + ": a binary file; expected text, to put a version into.");
        }
        try {
            return decode(name, bytes);
        } catch (ReleaseException e) {
            StringBuilder text = new StringBuilder(bytes.length);
            for (byte b : bytes) {
                int value = b & 0xff;
                text.append((char) (value >= 0x80 && value < 0xA0 ? PRIVATE | value : value));
            }
            return new SourceText(name, text.toString(), Encoding.SINGLE_BYTES);
        }
    }

    /** Whether there are zeros that no UTF-16 text explains. */
    static boolean isBinary(byte[] bytes) {
        Encoding encoding = guess(bytes);
        if (encoding.charset == StandardCharsets.UTF_16LE || encoding.charset == StandardCharsets.UTF_16BE) {
            return false;
        }
        for (int i = 0; i < Math.min(LOOKED_AT, bytes.length); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static Encoding guess(byte[] b) {
        if (b.length >= 3 && (b[0] & 0xff) == 0xEF && (b[1] & 0xff) == 0xBB && (b[2] & 0xff) == 0xBF) {
            return Encoding.UTF_8_MARKED;
        }
        if (b.length < 2 || b.length % 2 != 0) {
            return Encoding.UTF_8;
        }
        int first = (b[0] & 0xff) << 8 | b[1] & 0xff;
        if (first == 0xFEFF) {
            return Encoding.UTF_16BE_MARKED;
        }
        if (first == 0xFFFE) {
            return Encoding.UTF_16LE_MARKED;
        }
        // Without a mark: ASCII as UTF-16 has a zero in every other byte, and none between.
        int pairs = Math.min(LOOKED_AT, b.length) / 2;
        int[] zeros = new int[2];
        for (int i = 0; i < pairs * 2; i++) {
            zeros[i % 2] += b[i] == 0 ? 1 : 0;
        }
        if (zeros[0] == 0 && zeros[1] * 2 > pairs) {
            return Encoding.UTF_16LE;
        }
        return zeros[1] == 0 && zeros[0] * 2 > pairs ? Encoding.UTF_16BE : Encoding.UTF_8;
    }

    /** The same file with another text. */
    public SourceText with(String newText) {
        return new SourceText(name, newText, encoding);
    }

    /** @throws ReleaseException refused, when a char can't be written in the file's encoding */
    public byte[] encode() {
        if (encoding != Encoding.SINGLE_BYTES) {
            return (encoding.marked ? MARK + text : text).getBytes(encoding.charset);
        }
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = text.charAt(i);
            if (c > 0xff && (c < (PRIVATE | 0x80) || c > (PRIVATE | 0x9F))) {
                throw ReleaseException.refused(at(i) + ": the value has a char that this file can't hold, because it is"
                        + " not Unicode; convert the file to UTF-8.");
            }
            bytes[i] = (byte) c;
        }
        return bytes;
    }

    /** Line of an offset, the first is 1. */
    public int line(int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            line += c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) ? 1 : 0;
        }
        return line;
    }

    /** Column of an offset in code points, the first is 1. */
    public int column(int offset) {
        int begin = offset;
        while (begin > 0 && text.charAt(begin - 1) != '\n' && text.charAt(begin - 1) != '\r') {
            begin--;
        }
        return text.codePointCount(begin, offset) + 1;
    }

    /** {@code name:line:column}, as compilers write it. */
    public String at(int offset) {
        return name + ":" + line(offset) + ":" + column(offset);
    }

    /** Char offset of the first char of a line (from 1), then so many code points (from 0) to the right. */
    int offset(int line, int codePoints) {
        int at = 0;
        for (int seen = 1; seen < line && at < text.length(); at++) {
            seen += text.charAt(at) == '\n' ? 1 : 0;
        }
        return text.offsetByCodePoints(at, Math.min(codePoints, text.codePointCount(at, text.length())));
    }
}
