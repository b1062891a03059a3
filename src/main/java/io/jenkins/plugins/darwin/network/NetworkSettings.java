package io.jenkins.plugins.darwin.network;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How this machine reaches others. {@code Serializable}, so that a controller can hand it to its agent; never written to a disk,
 * since a proxy's password may be in it.
 *
 * @param https for https addresses, or null (an {@code Optional} does not go over the wire)
 * @param http for http addresses, or null
 * @param certificates PEM of certificate authorities that count beside the machine's own, empty text for none
 */
public record NetworkSettings(ProxyServer https, ProxyServer http, NoProxy without, String certificates)
        implements Serializable {
    private static final int LARGEST_BUNDLE = 16 * 1024 * 1024;

    /** No proxy, and the authorities that the JVM and the machine know. */
    public static NetworkSettings none() {
        return new NetworkSettings(null, null, NoProxy.parse(""), "");
    }

    /**
     * What curl, git and docker read: {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy}, lower
     * case first, and the bundle that {@code SSL_CERT_FILE} or {@code CURL_CA_BUNDLE} names.
     */
    public static NetworkSettings ofEnvironment(Map<String, String> environment) {
        Optional<ProxyServer> all = proxy(environment, "all_proxy");
        // A CGI script gets a client's "Proxy" header as HTTP_PROXY: there only the lower-case one is the machine's.
        boolean cgi = environment.containsKey("REQUEST_METHOD");
        Optional<ProxyServer> http = cgi
                ? value(environment, "http_proxy").map(text -> ProxyServer.parse(text, "http_proxy"))
                : proxy(environment, "http_proxy");
        String certificates = "";
        for (String name : new String[] {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
            Path file = value(environment, name).map(Path::of).orElse(null);
            if (file != null && Files.isRegularFile(file)) {
                certificates += bundle(file, name);
            }
        }
        return new NetworkSettings(
                proxy(environment, "https_proxy").or(() -> all).orElse(null),
                http.or(() -> all).orElse(null),
                NoProxy.parse(value(environment, "no_proxy")
                        .or(() -> value(environment, "NO_PROXY"))
                        .orElse("")),
                certificates);
    }

    private static Optional<ProxyServer> proxy(Map<String, String> environment, String name) {
        String upper = name.toUpperCase(java.util.Locale.ROOT);
        return value(environment, name)
                .map(text -> ProxyServer.parse(text, name))
                .or(() -> value(environment, upper).map(text -> ProxyServer.parse(text, upper)));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    /**
     * The PEM of a file.
     *
     * @param setting that names the file, for the sentence when it is not one
     */
    public static String bundle(Path file, String setting) {
        try {
            if (Files.size(file) > LARGEST_BUNDLE) {
                throw ReleaseException.usage("Not a file of certificates: " + file + ", which " + setting
                        + " names, has more than " + LARGEST_BUNDLE + " bytes.");
            }
            String pem = Files.readString(file, StandardCharsets.ISO_8859_1);
            Pem.certificates(pem, file + ", which " + setting + " names,");
            return pem.endsWith("\n") ? pem : pem + "\n";
        } catch (IOException e) {
            throw ReleaseException.usage("No certificates: the file " + file + ", which " + setting
                    + " names, can't be read (" + e.getMessage() + ").");
        }
    }

    /** The proxy on the way to an address; empty when there is none. */
    public Optional<ProxyServer> proxyFor(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null) {
            return Optional.empty();
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        return without.covers(uri.getHost(), port) ? Optional.empty() : Optional.ofNullable(tls ? https : http);
    }

    boolean hasProxy() {
        return https != null || http != null;
    }

    public NetworkSettings withCertificates(String more) {
        return new NetworkSettings(https, http, without, certificates + more);
    }

    /** The same with one proxy for everything, in place of any other. */
    public NetworkSettings withProxy(ProxyServer proxy) {
        return new NetworkSettings(proxy, proxy, without, certificates);
    }

    /** The same without a proxy. */
    public NetworkSettings withoutProxy() {
        return new NetworkSettings(null, null, without, certificates);
    }

    /** What this one does not say is taken from another: its proxies where this has none, and all certificates of both. */
    public NetworkSettings or(NetworkSettings other) {
        boolean own = hasProxy();
        return new NetworkSettings(
                own ? https : other.https,
                own ? http : other.http,
                own ? without : other.without,
                certificates + other.certificates);
    }

    /** Without a secret. */
    @Override
    public String toString() {
        return "NetworkSettings[https=" + https + ", http=" + http + ", without=" + without.entries() + "]";
    }
}
