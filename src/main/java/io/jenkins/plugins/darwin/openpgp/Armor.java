package io.jenkins.plugins.darwin.openpgp;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ASCII armor (RFC 9580, 6), as forgiving as gpg: text between blocks, CRLF, comment headers or none, a missing
 * blank line; and what Windows makes of it, UTF-16.
 */
final class Armor {
    static final String PUBLIC = "PUBLIC KEY BLOCK";
    static final String PRIVATE = "PRIVATE KEY BLOCK";
    static final String SIGNATURE = "SIGNATURE";

    private static final Pattern BEGIN = Pattern.compile("^-----BEGIN PGP ([A-Z ]+?)-----[ \\t]*$", Pattern.MULTILINE);
    private static final int CRC_INIT = 0xB704CE;
    private static final int CRC_POLY = 0x1864CFB;

    private Armor() {}

    /**
     * One block.
     *
     * @param kind {@link #PUBLIC} and the like
     * @param line where it begins, from 1
     * @param packets what was in it, as far as it could be decoded
     * @param fault what is wrong with it; empty for a whole one
     */
    record Block(String kind, int line, byte[] packets, String fault) {}

    /** Text as single bytes, whatever encoding an editor or PowerShell gave the file; binary packets stay as they are. */
    static byte[] plain(byte[] file) {
        Charset wide = wide(file);
        if (wide != null) {
            return wide.decode(ByteBuffer.wrap(file))
                    .toString()
                    .replace("\uFEFF", "")
                    .getBytes(StandardCharsets.UTF_8);
        }
        boolean marked = file.length > 2 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF;
        return marked ? java.util.Arrays.copyOfRange(file, 3, file.length) : file;
    }

    /** UTF-16 with its mark, or without one when it begins with two characters of ASCII; null for all else. */
    static Charset wide(byte[] file) {
        if (file.length < 4) {
            return null;
        }
        if (file[0] == (byte) 0xFF && file[1] == (byte) 0xFE
                || file[0] > 0 && file[1] == 0 && file[2] > 0 && file[3] == 0) {
            return StandardCharsets.UTF_16LE;
        }
        if (file[0] == (byte) 0xFE && file[1] == (byte) 0xFF
                || file[0] == 0 && file[1] > 0 && file[2] == 0 && file[3] > 0) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
    }

    /** Whether it is OpenPGP packets as they are: every packet's first byte has its high bit set (RFC 9580, 4.2). */
    static boolean binary(byte[] file) {
        return file.length > 0 && (file[0] & 0x80) != 0;
    }

    /** All blocks of a text, in their order; one without an end goes to the next beginning. */
    static List<Block> blocks(byte[] plain) {
        String text = new String(plain, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .replace('\r', '\n');
        List<Block> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        boolean more = begin.find();
        while (more) {
            int from = begin.end();
            int line = 1
                    + (int) text.substring(0, begin.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            String kind = begin.group(1);
            more = begin.find();
            blocks.add(block(kind, line, text.substring(from, more ? begin.start() : text.length())));
        }
        return blocks;
    }

    private static Block block(String kind, int line, String body) {
        StringBuilder data = new StringBuilder();
        String sum = null;
        boolean ended = false;
        boolean headers = true;
        for (String raw : body.substring(Math.min(1, body.length())).split("\n", -1)) {
            String text = raw.strip();
            if (text.startsWith("-----END PGP")) {
                ended = true;
                break;
            }
            if (headers && (text.isEmpty() || text.contains(": ") || text.endsWith(":"))) {
                headers = !text.isEmpty();
            } else if (text.length() == 5 && text.charAt(0) == '=') {
                sum = text.substring(1);
                headers = false;
            } else {
                data.append(text);
                headers = false;
            }
        }
        String base64 = data.toString().replaceAll("[^A-Za-z0-9+/]", "");
        byte[] packets = decode(base64);
        boolean whole = base64.length() == data.toString().replace("=", "").length() && base64.length() % 4 != 1;
        String fault = !ended
                ? "it has no end"
                : !whole
                        ? "it is not base64"
                        : sum != null && !sum.equals(crc(packets)) ? "its checksum does not fit" : "";
        return new Block(kind, line, packets, fault);
    }

    private static byte[] decode(String base64) {
        int usable = base64.length() % 4 == 1 ? base64.length() - 1 : base64.length();
        return Base64.getDecoder().decode(base64.substring(0, usable));
    }

    /** CRC-24 of RFC 9580, 6.1, as its four characters. */
    private static String crc(byte[] packets) {
        int crc = CRC_INIT;
        for (byte b : packets) {
            crc ^= (b & 0xFF) << 16;
            for (int i = 0; i < 8; i++) {
                crc <<= 1;
                if ((crc & 0x1000000) != 0) {
                    crc ^= CRC_POLY;
                }
            }
        }
        return Base64.getEncoder().encodeToString(new byte[] {(byte) (crc >> 16), (byte) (crc >> 8), (byte) crc});
    }
}
