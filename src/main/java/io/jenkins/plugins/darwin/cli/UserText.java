package io.jenkins.plugins.darwin.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text that a user wrote with a tool that we don't know, without asking the locale what it is. */
final class UserText {
    private static final byte ZERO = 0;

    private UserText() {}

    /**
     * UTF-16 where it is marked or plain to see (PowerShell's {@code >}), else UTF-8, else Latin-1: there every byte is one
     * character, so none is lost.
     */
    static String of(byte[] bytes) {
        Charset wide = wide(bytes);
        if (wide != null) {
            return unmarked(wide.decode(ByteBuffer.wrap(bytes)).toString());
        }
        try {
            return unmarked(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static Charset wide(byte[] bytes) {
        if (bytes.length < 2) {
            return null;
        }
        if (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE || bytes[0] != ZERO && bytes[1] == ZERO) {
            return StandardCharsets.UTF_16LE;
        }
        return bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF || bytes[0] == ZERO && bytes[1] != ZERO
                ? StandardCharsets.UTF_16BE
                : null;
    }

    private static String unmarked(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The first line: what gpg takes of a passphrase file. Spaces at its end belong to it. */
    static String firstLine(byte[] bytes) {
        return of(bytes).split("\r\n|\n|\r", 2)[0];
    }
}
