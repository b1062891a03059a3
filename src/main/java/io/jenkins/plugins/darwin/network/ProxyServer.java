package io.jenkins.plugins.darwin.network;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.Serializable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One proxy.
 *
 * @param scheme {@code http}, {@code https} (TLS to the proxy itself) or {@code socks5}
 * @param login null when it wants none (an {@code Optional} does not go over the wire)
 * @param setting what named it, for a sentence: {@code https_proxy}, or Jenkins' own setting
 */
public record ProxyServer(String scheme, String host, int port, Login login, String setting) implements Serializable {
    private static final Set<String> SCHEMES = Set.of("http", "https", "socks5", "socks5h", "socks");

    /** Who we are to a proxy; never shown. */
    public record Login(String user, String password) implements Serializable {
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    /**
     * Reads the value of a variable such as {@code https_proxy}: {@code [scheme://][user:password@]host[:port][/]}.
     *
     * @throws ReleaseException usage, naming the setting and never the value, which may hold a password
     */
    public static ProxyServer parse(String value, String setting) {
        String text = value.strip();
        String url = text.contains("://") ? text : "http://" + text;
        try {
            // The user's part by hand: passwords hold characters that a URI must not have.
            int begin = url.indexOf("://") + 3;
            int slash = url.indexOf('/', begin);
            int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
            String scheme = url.substring(0, begin - 3).toLowerCase(Locale.ROOT);
            Login login = at < begin ? null : login(url.substring(begin, at));
            URI uri = URI.create(scheme + "://" + url.substring(Math.max(begin, at + 1)));
            if (uri.getHost() != null && SCHEMES.contains(scheme) && uri.getPort() <= 65535) {
                String kind = scheme.startsWith("socks") ? "socks5" : scheme;
                int standard = kind.equals("https") ? 443 : kind.equals("http") ? 80 : 1080;
                // A proxy of SOCKS with a password would need the JVM's one Authenticator: not ours to set.
                if (!kind.equals("socks5") || login == null) {
                    return new ProxyServer(
                            kind, uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort(), login, setting);
                }
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw ReleaseException.usage("Not a proxy: expected " + setting
                + " to be http://[user:password@]host:port (or https://, or socks5:// without a password).");
    }

    private static Login login(String text) {
        int colon = text.indexOf(':');
        return new Login(
                decoded(colon < 0 ? text : text.substring(0, colon)),
                colon < 0 ? "" : decoded(text.substring(colon + 1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The value of a Proxy-Authorization header (RFC 7617); empty when the proxy wants none. */
    public Optional<String> authorization() {
        return Optional.ofNullable(login)
                .map(who -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((who.user() + ":" + who.password()).getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code host:port (https_proxy)}, without a secret. */
    @Override
    public String toString() {
        return host + ":" + port + " (" + setting + ")";
    }
}
