package io.jenkins.plugins.darwin.openpgp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.PacketTags;

/**
 * A run of packets, taken apart without reading what is in them (RFC 9580, 4.2): one that Bouncy Castle can't read, of a new
 * version say, must not hide those around it.
 *
 * @param fault what ended the run before its end; empty when all of it was packets
 */
record Packets(List<Packet> all, String fault) {
    private static final int HEADER = 5;

    /** @param body without the header */
    record Packet(int tag, byte[] body) {
        boolean isKey() {
            return tag == PacketTags.PUBLIC_KEY || tag == PacketTags.SECRET_KEY;
        }

        boolean isSubkey() {
            return tag == PacketTags.PUBLIC_SUBKEY || tag == PacketTags.SECRET_SUBKEY;
        }

        /** With a header of the old form, which every reader knows, for the tags below 16 that keys are made of. */
        byte[] encoded() {
            byte[] packet = new byte[HEADER + body.length];
            packet[0] = (byte) (0x80 | tag << 2 | 2);
            for (int i = 0; i < 4; i++) {
                packet[1 + i] = (byte) (body.length >>> 24 - 8 * i);
            }
            System.arraycopy(body, 0, packet, HEADER, body.length);
            return packet;
        }

        /** What two equal packets share. */
        String identity() {
            return tag + ":" + HexFormat.of().formatHex(body);
        }
    }

    static Packets of(byte[] bytes) {
        List<Packet> all = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            Optional<int[]> header = header(bytes, at);
            if (header.isEmpty()) {
                return new Packets(all, "byte " + at + " begins no packet");
            }
            int from = header.get()[1];
            int length = header.get()[2];
            if (length < 0 || length > bytes.length - from) {
                return new Packets(all, "it ends in the middle of a packet");
            }
            all.add(new Packet(header.get()[0], Arrays.copyOfRange(bytes, from, from + length)));
            at = from + length;
        }
        return new Packets(all, "");
    }

    /** Tag, where the body begins, its length; a negative length for one that goes beyond what there is. */
    private static Optional<int[]> header(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if ((first & 0x80) == 0) {
            return Optional.empty();
        }
        boolean recent = (first & 0x40) != 0;
        int tag = recent ? first & 0x3F : first >> 2 & 0xF;
        if (tag == 0) {
            return Optional.empty();
        }
        if (recent) {
            int one = number(bytes, at + 1, 1);
            if (one < 192) {
                return Optional.of(new int[] {tag, at + 2, one});
            }
            if (one < 224) {
                int two = number(bytes, at + 2, 1);
                return Optional.of(new int[] {tag, at + 3, two < 0 ? -1 : (one - 192 << 8) + two + 192});
            }
            // Partial lengths (RFC 9580, 4.2.1.4) are for data alone.
            return one == 255 ? Optional.of(new int[] {tag, at + 6, number(bytes, at + 2, 4)}) : Optional.empty();
        }
        return switch (first & 3) {
            case 0 -> Optional.of(new int[] {tag, at + 2, number(bytes, at + 1, 1)});
            case 1 -> Optional.of(new int[] {tag, at + 3, number(bytes, at + 1, 2)});
            case 2 -> Optional.of(new int[] {tag, at + 5, number(bytes, at + 1, 4)});
            default -> Optional.of(new int[] {tag, at + 1, bytes.length - at - 1});
        };
    }

    private static int number(byte[] bytes, int at, int count) {
        if (at + count > bytes.length) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }
}
