package io.jenkins.plugins.darwin.chart;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image as a manifest asks for it (distribution, reference grammar).
 *
 * @param name with the registry's host where it is written
 * @param tag empty when none is written: {@code latest}, unless there is a digest
 */
public record ImageReference(String name, Optional<String> tag, Optional<String> digest) {
    private static final Pattern FORM =
            Pattern.compile("((?:oci-layout:)?[A-Za-z0-9/][A-Za-z0-9._/-]*(?::[0-9]{1,5}/[a-z0-9][a-z0-9._/-]*)?)"
                    + "(?::([A-Za-z0-9_][A-Za-z0-9._+-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?");

    /** Empty when the text is no image's name. */
    public static Optional<ImageReference> parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        return m.matches() && text.length() < 1_000
                ? Optional.of(new ImageReference(
                        m.group(1), Optional.ofNullable(m.group(2)), Optional.ofNullable(m.group(3))))
                : Optional.empty();
    }

    /** With what Docker adds to a short name: {@code mysql} is {@code docker.io/library/mysql}. */
    public String fullName() {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        String full = host ? name : "docker.io/" + (slash < 0 ? "library/" : "") + name;
        return full.replaceFirst("^(index|registry-1)\\.docker\\.io/", "docker.io/");
    }

    /** Whether it is called so, in whatever registry and path. */
    public boolean isCalled(String image) {
        return name.equals(image) || name.endsWith("/" + image);
    }

    @Override
    public String toString() {
        return name
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
