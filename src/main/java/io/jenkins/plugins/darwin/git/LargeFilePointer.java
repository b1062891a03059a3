package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Git LFS stores in the place of a large file (its specification, "The Pointer").
 *
 * @param digest sha256 of the content
 * @param size of the content, in bytes
 */
public record LargeFilePointer(Digest digest, long size) {
    /** No pointer is shorter or longer. */
    static final int SHORTEST = 100;

    static final int LONGEST = 1024;

    private static final Pattern FORM = Pattern.compile("version https://(?:git-lfs|hawser)\\.github\\.com/spec/v1\\n"
            + "(?:ext-\\d-[a-z0-9.-]+ sha256:[0-9a-f]{64}\\n){0,9}oid sha256:([0-9a-f]{64})\\nsize (\\d{1,18})\\n?");

    /** Reads a pointer; empty for any other content. */
    public static Optional<LargeFilePointer> parse(byte[] content) {
        if (content.length < SHORTEST || content.length >= LONGEST || content[0] != 'v') {
            return Optional.empty();
        }
        Matcher m = FORM.matcher(new String(content, StandardCharsets.ISO_8859_1));
        return m.matches()
                ? Optional.of(new LargeFilePointer(new Digest("sha256", m.group(1)), Long.parseLong(m.group(2))))
                : Optional.empty();
    }
}
