package io.jenkins.plugins.darwin.jenkins.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A name under which something was released: as tools take it, and where people can look at it. */
public final class PublicName {
    private static final Pattern REFERENCE =
            Pattern.compile("(?<host>[\\w.-]+)(?<port>:\\d+)?/(?<path>[\\w./-]+)(:[\\w.-]+)?(@[\\w:]+)?");

    private final String name;

    PublicName(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** Its page at a registry that has some; null for any other, whose addresses show people nothing. */
    public String getUrl() {
        Matcher reference = REFERENCE.matcher(name);
        if (!reference.matches() || reference.group("port") != null) {
            return null;
        }
        String path = reference.group("path");
        return switch (reference.group("host")) {
            case "docker.io", "index.docker.io", "registry-1.docker.io" ->
                "https://hub.docker.com/"
                        + (path.startsWith("library/") ? "_/" + path.substring("library/".length()) : "r/" + path);
            case "ghcr.io" -> "https://ghcr.io/" + path; // leads a browser to the package's page on GitHub
            case "quay.io" -> "https://quay.io/repository/" + path + "?tab=tags";
            default -> null;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
