package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;

/**
 * What a signature in a DSSE envelope is over (dsse, protocol.md: PAE): type and payload, each with its length, so that the
 * same bytes can't be taken for something of another type.
 */
public final class Dsse {
    /** The type of the only payload that is signed here: an in-toto statement. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    private Dsse() {}

    /** The bytes that are signed. */
    public static byte[] encode(String payloadType, byte[] payload) {
        byte[] head = ("DSSEv1 " + payloadType.getBytes(StandardCharsets.UTF_8).length + " " + payloadType + " "
                        + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /**
     * What the key's own material signs. An OpenPGP signature hashes content and then a trailer whose last bytes are no text
     * (RFC 9580, 5.2.4); a payload that ends as JSON does can never be shown as content with such a trailer.
     *
     * @throws ReleaseException refused, for what is no JSON object
     */
    static byte[] signable(byte[] statement) {
        int last = statement.length - 1;
        if (last < 1 || statement[0] != '{' || statement[last] != '}') {
            throw ReleaseException.refused(
                    "Not a statement: expected a JSON object and nothing around it, found something else.");
        }
        return encode(IN_TOTO, statement);
    }
}
