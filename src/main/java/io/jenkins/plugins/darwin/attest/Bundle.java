package io.jenkins.plugins.darwin.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.openpgp.Dsse;
import io.jenkins.plugins.darwin.openpgp.SignedFor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A statement in its DSSE envelope, in a sigstore bundle that names a public key (sigstore/protobuf-specs, version 0.3): what
 * {@code cosign verify-blob-attestation --key} and sigstore's libraries take.
 *
 * @param statement the payload's bytes: what was signed, whatever it says
 * @param signatures each over type and payload
 * @param hint which key; only a hint
 */
public record Bundle(byte[] statement, List<byte[]> signatures, String hint) {
    /** Media type of the document, and artifactType of the manifest that holds it. */
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    /** Versions 0.1 and 0.2 had other forms of the name; what is read here is the same in all. */
    private static final String FAMILY = "application/vnd.dev.sigstore.bundle";

    private static final int MOST_SIGNATURES = 10;

    public Bundle {
        signatures = List.copyOf(signatures);
    }

    /**
     * Signs a statement.
     *
     * @throws ReleaseException refused, when the signer's key makes no such signatures
     */
    public static Bundle sign(Statement statement, DetachedSigner signer, SignedFor what) {
        byte[] payload = statement.toJson();
        byte[] signature = signer.signStatement(what, payload);
        return new Bundle(
                payload, List.of(signature), signer.material().map(Bundle::hint).orElse(""));
    }

    /** How keys are found again: the sha256 of the public half, hex. */
    public static String hint(byte[] material) {
        return HexFormat.of().formatHex(Digest.messageDigest("sha256").digest(material));
    }

    public byte[] toJson() {
        ObjectNode json = Documents.empty();
        json.put("mediaType", MEDIA_TYPE);
        ObjectNode material = json.putObject("verificationMaterial");
        material.putObject("publicKey").put("hint", hint);
        material.putArray("tlogEntries");
        ObjectNode envelope = json.putObject("dsseEnvelope");
        Base64.Encoder base64 = Base64.getEncoder();
        envelope.put("payload", base64.encodeToString(statement));
        envelope.put("payloadType", Dsse.IN_TOTO);
        var list = envelope.putArray("signatures");
        signatures.forEach(
                s -> list.addObject().put("sig", base64.encodeToString(s)).put("keyid", ""));
        return Documents.bytes(json);
    }

    /**
     * Reads one that others wrote.
     *
     * @throws ReleaseException usage, when it is no bundle with a statement
     */
    public static Bundle parse(byte[] bytes) {
        ObjectNode json = Documents.object(bytes, "A bundle");
        String mediaType = Documents.text(json, "mediaType").orElse("");
        if (!mediaType.startsWith(FAMILY)) {
            throw wrong("mediaType " + MEDIA_TYPE, mediaType.isEmpty() ? "none" : mediaType);
        }
        JsonNode envelope = json.path("dsseEnvelope");
        String type = Documents.text(envelope, "payloadType").orElse("none");
        if (!type.equals(Dsse.IN_TOTO)) {
            throw wrong("a DSSE envelope with payloadType " + Dsse.IN_TOTO, type);
        }
        JsonNode list = envelope.path("signatures");
        if (list.isEmpty() || list.size() > MOST_SIGNATURES) {
            throw wrong("1 to " + MOST_SIGNATURES + " signatures", String.valueOf(list.size()));
        }
        List<byte[]> signatures = new ArrayList<>();
        list.forEach(s -> signatures.add(base64(s, "sig")));
        return new Bundle(
                base64(envelope, "payload"),
                signatures,
                Documents.text(json.path("verificationMaterial").path("publicKey"), "hint")
                        .orElse(""));
    }

    private static byte[] base64(JsonNode node, String name) {
        Optional<String> text = Documents.text(node, name);
        try {
            return Base64.getDecoder().decode(text.orElseThrow(() -> wrong("base64 in " + name, "nothing")));
        } catch (IllegalArgumentException e) {
            throw wrong("base64 in " + name, "something else");
        }
    }

    private static ReleaseException wrong(String expected, String found) {
        return ReleaseException.usage("Not a sigstore bundle: expected " + expected + ", found " + found + ".");
    }
}
