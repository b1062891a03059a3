package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server and a path on it.
 *
 * @param host {@code host[:port]} as people write it and as credentials are filed
 * @param prefix of repository names, empty or ending in a slash
 * @param base of all URLs, {@code scheme://host[:port]}
 */
record ServerLocation(String host, String prefix, URI base) {
    private static final Pattern FORM =
            Pattern.compile("((?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9.-]*[a-zA-Z0-9]|\\[[0-9a-fA-F:]+])"
                    + "(?::([0-9]{1,5}))?)(?:/(.*))?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(0*:)*:?0*1]|::1");

    /** Reads {@code host[:port][/path]}. */
    static ServerLocation parse(String location, Set<String> insecureHosts) {
        String trimmed = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        Matcher form = FORM.matcher(trimmed);
        if (!form.matches() || (form.group(2) != null && Integer.parseInt(form.group(2)) > 65535)) {
            throw ReleaseException.usage(
                    "Not the location of a registry: expected host[:port]/path without a scheme, or"
                            + " oci-layout:PATH, found '" + Json.printable(location) + "'.");
        }
        String host = form.group(1).toLowerCase(Locale.ROOT);
        String path = form.group(3) == null ? "" : Names.repository(form.group(3)) + "/";
        // Docker Hub's names and its API live on two hosts.
        String api = host.equals("docker.io") ? "registry-1.docker.io" : host;
        return new ServerLocation(
                host, path, URI.create((mayUsePlainHttp(host, insecureHosts) ? "http" : "https") + "://" + api));
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.replaceFirst("(?<=[^:]|]):[0-9]+$", "")).matches();
    }

    static boolean mayUsePlainHttp(String hostAndPort, Set<String> insecureHosts) {
        return isLoopback(hostAndPort)
                || insecureHosts.contains(hostAndPort)
                || insecureHosts.contains(hostAndPort.replaceFirst(":[0-9]+$", ""));
    }

    /** The same server with TLS. */
    ServerLocation overTls() {
        return new ServerLocation(host, prefix, URI.create("https://" + base.getRawAuthority()));
    }

    /**
     * Whether a token server belongs to this one, so that it may have its credentials: the same host on any port, one below it,
     * or one beside it ({@code registry.example.org} and {@code auth.example.org}).
     */
    boolean isRelative(String other) {
        String own = base.getHost().toLowerCase(Locale.ROOT);
        String theirs = other.toLowerCase(Locale.ROOT);
        String parent = own.substring(own.indexOf('.') + 1);
        return theirs.equals(own)
                || theirs.endsWith("." + own)
                || isLoopback(own) && isLoopback(theirs)
                || !own.matches("[0-9.]+|\\[.*")
                        && parent.contains(".")
                        && (theirs.equals(parent) || theirs.endsWith("." + parent));
    }

    /** Whether credentials for this server may be sent to that URL. */
    boolean covers(URI uri) {
        return uri.getScheme().equals(base.getScheme()) && base.getAuthority().equalsIgnoreCase(uri.getAuthority());
    }
}
