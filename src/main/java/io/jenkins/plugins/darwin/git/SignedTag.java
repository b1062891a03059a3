package io.jenkins.plugins.darwin.git;

import java.util.Optional;

/**
 * An annotated tag, taken apart for verification as {@code git tag -v} does it.
 *
 * @param tag the ref
 * @param payload the bytes that the signature covers: the tag object without the signature
 * @param signature armoured, or empty when nobody signed the tag
 */
public record SignedTag(TagRef tag, byte[] payload, Optional<String> signature) {}
