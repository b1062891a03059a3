package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.network.NetworkSettings;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The repository that a release is made in.
 *
 * @param url an absolute path, {@code file:///path}, {@code https://host/path}, {@code http://} to this machine only,
 *     {@code ssh://[user@]host[:port]/path} or {@code user@host:path}; never with a password inside
 * @param network proxies and authorities on the way, for https
 */
public record GitRemote(String url, GitCredentials credentials, NetworkSettings network) implements Serializable {
    private static final Pattern SCP =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*)@([A-Za-z0-9][A-Za-z0-9.-]*):([^-:\\s][^\\s]*)");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//)?.*", Pattern.DOTALL);
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+\\]");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** How the remote is spoken to. */
    enum Transport {
        PATH,
        HTTP,
        SSH
    }

    public GitRemote(String url, GitCredentials credentials) {
        this(url, credentials, NetworkSettings.none());
    }

    public GitRemote {
        Objects.requireNonNull(network);
        Objects.requireNonNull(credentials);
        Transport transport = transportOf(url);
        if (credentials instanceof GitCredentials.UserToken && transport != Transport.HTTP) {
            throw ReleaseException.usage("User and token fit an https remote only, and this one is " + shown(url)
                    + ": give an SSH key, or the https address.");
        }
        if (credentials instanceof GitCredentials.SshKey && transport != Transport.SSH) {
            throw ReleaseException.usage("An SSH key fits an ssh remote only, and this one is " + shown(url)
                    + ": give user and token, or the ssh address.");
        }
    }

    /** A remote that needs nothing but what this machine has. */
    public static GitRemote of(String url) {
        return new GitRemote(url, GitCredentials.none());
    }

    public GitRemote withNetwork(NetworkSettings value) {
        return new GitRemote(url, credentials, value);
    }

    /** Whether it is a folder of the machine that opens it. */
    public boolean isLocal() {
        return transport() == Transport.PATH;
    }

    /** Whether it is asked with the keys of the user that this process runs as. */
    public boolean usesOwnSsh() {
        return transport() == Transport.SSH && credentials instanceof GitCredentials.None;
    }

    Transport transport() {
        return transportOf(url);
    }

    /** The folder, of a remote that is one. */
    Path path() {
        return url.startsWith("file:") ? Path.of(URI.create(url)) : Path.of(url);
    }

    private static Transport transportOf(String url) {
        if (url == null || url.isBlank()) {
            throw ReleaseException.usage("No Git repository given: expected a path or an address.");
        }
        if (url.startsWith("-") || url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw notAnAddress(url);
        }
        if (SCP.matcher(url).matches()) {
            return Transport.SSH;
        }
        Matcher scheme = SCHEME.matcher(url);
        boolean drive = url.length() > 2 && url.charAt(1) == ':' && (url.charAt(2) == '\\' || url.charAt(2) == '/');
        if (drive || !scheme.matches()) {
            if (!Path.of(url).isAbsolute()) {
                throw notAnAddress(url);
            }
            return Transport.PATH;
        }
        return ofScheme(url, scheme.group(1).toLowerCase(Locale.ROOT));
    }

    private static Transport ofScheme(String url, String scheme) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw notAnAddress(url);
        }
        String user = uri.getRawUserInfo();
        if (user != null && (user.contains(":") || !scheme.equals("ssh"))) {
            throw ReleaseException.usage(
                    "The Git address " + shown(url)
                            + " carries credentials: they would end up in logs; give them as credentials, and the address without.");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawPath() == null) {
            throw notAnAddress(url);
        }
        boolean host = uri.getHost() != null && HOST.matcher(uri.getHost()).matches();
        switch (scheme) {
            case "file":
                if (uri.getRawAuthority() != null || !uri.getPath().startsWith("/")) {
                    throw notAnAddress(url);
                }
                return Transport.PATH;
            case "https":
                break;
            case "http":
                if (host && !LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT))) {
                    throw ReleaseException.usage("Plain http shows tokens to the network: expected https for "
                            + shown(url) + " (http is for this machine only).");
                }
                break;
            case "ssh":
                if (user != null && !USER.matcher(user).matches()) {
                    throw notAnAddress(url);
                }
                break;
            default:
                throw notAnAddress(url);
        }
        if (!host || uri.getPath().length() < 2 || uri.getPath().startsWith("/-")) {
            throw notAnAddress(url);
        }
        return scheme.equals("ssh") ? Transport.SSH : Transport.HTTP;
    }

    private static ReleaseException notAnAddress(String url) {
        return ReleaseException.usage(
                "Not a Git repository's address: expected an absolute path, file://, https://, ssh:// "
                        + "or user@host:path (http:// to this machine only), found '" + shown(url) + "'.");
    }

    /** An address for people: nothing secret that somebody put into it. */
    private static String shown(String url) {
        return GitNames.printable(url.replaceAll("//[^/@]*@", "//"));
    }

    @Override
    public String toString() {
        return url;
    }
}
