package io.jenkins.plugins.darwin.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A content digest as OCI writes it, {@code sha256:<hex>} or {@code sha512:<hex>} (image-spec, descriptor.md). */
public record Digest(String algorithm, String hex) implements Serializable {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

    public Digest {
        int length = switch (algorithm) {
            case "sha256" -> 64;
            case "sha512" -> 128;
            default ->
                throw ReleaseException.failed(
                        "Not a digest: expected sha256 or sha512, found '" + Version.printable(algorithm) + "'.");
        };
        if (hex.length() != length || !HEX.matcher(hex).matches()) {
            throw ReleaseException.failed("Not a digest: expected " + algorithm + ": and " + length
                    + " lower-case hex digits, found '" + Version.printable(hex) + "'.");
        }
    }

    @JsonCreator
    public static Digest parse(String text) {
        int colon = text == null ? -1 : text.indexOf(':');
        if (colon < 0) {
            throw ReleaseException.failed(
                    "Not a digest: expected sha256:<hex>, found '" + Version.printable(String.valueOf(text)) + "'.");
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    public static Digest sha256(byte[] bytes) {
        return new Digest(
                "sha256", HexFormat.of().formatHex(messageDigest("sha256").digest(bytes)));
    }

    public static Digest sha512(byte[] bytes) {
        return new Digest(
                "sha512", HexFormat.of().formatHex(messageDigest("sha512").digest(bytes)));
    }

    /** Ends the given digest and names its value. */
    public static Digest of(String algorithm, MessageDigest digest) {
        return new Digest(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    /** A fresh JDK digest of this algorithm (the JDK's is faster than Bouncy Castle's). */
    public static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has both
        }
    }

    /** The first twelve hex digits, for people. */
    public String abbreviated() {
        return algorithm + ":" + hex.substring(0, 12);
    }

    @JsonValue
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
