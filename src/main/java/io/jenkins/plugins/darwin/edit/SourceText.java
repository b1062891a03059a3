package io.jenkins.plugins.darwin.edit;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A text file: UTF-8, its byte order mark set aside, every other char as it is in the file.
 *
 * @param name for messages
 * @param text without a byte order mark
 */
public record SourceText(String name, String text, boolean byteOrderMark) {
    private static final char MARK = '\uFEFF';

    /** @throws ReleaseException refused, when the bytes are not UTF-8, with the line that is not */
    public static SourceText decode(String name, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        String text;
        try {
            text = StandardCharsets.UTF_8
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
            throw ReleaseException.refused(name + ":" + line + ": not UTF-8 text (byte " + in.position() + " is 0x"
                    + Integer.toHexString(bytes[in.position()] & 0xff) + "); convert the file to UTF-8.");
        }
        boolean mark = !text.isEmpty() && text.charAt(0) == MARK;
        return new SourceText(name, mark ? text.substring(1) : text, mark);
    }

    /** The same file with another text. */
    public SourceText with(String newText) {
        return new SourceText(name, newText, byteOrderMark);
    }

    public byte[] encode() {
        return (byteOrderMark ? MARK + text : text).getBytes(StandardCharsets.UTF_8);
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
