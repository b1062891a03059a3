package io.jenkins.plugins.darwin.git;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.network.NetworkSettings;
import io.jenkins.plugins.darwin.network.ProxyServer;
import io.jenkins.plugins.darwin.network.Routes;
import io.jenkins.plugins.darwin.network.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.HttpConnectionFactory2;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * Git over HTTP through the proxies and with the authorities of the settings. JGit would take the JVM's; here each
 * conversation has its own.
 */
public final class HttpTransportSettings implements HttpConnectionFactory2 {
    private static final int GIT_SECONDS = 10;

    private final HttpConnectionFactory2 plain = new JDKHttpConnectionFactory();
    private final NetworkSettings network;
    private final Routes routes;

    HttpTransportSettings(NetworkSettings network) {
        this.network = network;
        this.routes = new Routes(network);
    }

    /**
     * The settings with what git itself is told about this address: {@code GIT_SSL_CAINFO}, {@code http.sslCAInfo},
     * {@code http.sslCAPath} and {@code http.proxy}, also as {@code http.<url>.*}. Git's own word goes before the environment's.
     *
     * @param directory where git is asked, so that a clone's own configuration counts
     */
    public static NetworkSettings ofUser(
            NetworkSettings base, String url, Path directory, Map<String, String> environment) {
        if (!url.startsWith("http")) {
            return base;
        }
        Map<String, String> said = configuration(url, directory, environment);
        NetworkSettings settings = base;
        String info = environment.getOrDefault("GIT_SSL_CAINFO", said.getOrDefault("sslcainfo", ""));
        if (!info.isBlank()) {
            String name = environment.containsKey("GIT_SSL_CAINFO") ? "GIT_SSL_CAINFO" : "git's http.sslCAInfo";
            settings = settings.withCertificates(NetworkSettings.bundle(file(info, environment), name));
        }
        String folder = environment.getOrDefault("GIT_SSL_CAPATH", said.getOrDefault("sslcapath", ""));
        if (!folder.isBlank()) {
            settings = settings.withCertificates(all(file(folder, environment)));
        }
        String proxy = said.get("proxy");
        if (proxy != null) {
            settings = proxy.isBlank()
                    ? settings.withoutProxy()
                    : settings.withProxy(ProxyServer.parse(proxy, "git's http.proxy"));
        }
        return settings;
    }

    private static Path file(String text, Map<String, String> environment) {
        return text.startsWith("~/") && environment.containsKey("HOME")
                ? Path.of(environment.get("HOME"), text.substring(2))
                : Path.of(text);
    }

    private static String all(Path folder) {
        StringBuilder all = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)
                        && Files.readString(file, StandardCharsets.ISO_8859_1).contains("BEGIN CERT")) {
                    all.append(NetworkSettings.bundle(file, "git's http.sslCAPath"));
                }
            }
        } catch (IOException e) {
            throw ReleaseException.usage("No certificates: the folder " + folder
                    + ", which git's http.sslCAPath names, can't be read (" + e.getMessage() + ").");
        }
        return all.toString();
    }

    /** All that git has under {@code http} for this address, by name in lower case; nothing where there is no git. */
    private static Map<String, String> configuration(String url, Path directory, Map<String, String> environment) {
        Map<String, String> said = new LinkedHashMap<>();
        try {
            ProcessBuilder builder = new ProcessBuilder("git", "config", "-z", "--get-urlmatch", "http", url)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(environment);
            ChildProcess.scrub(builder.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            String output;
            try (InputStream in = process.getInputStream()) {
                output = new String(in.readNBytes(1024 * 1024), StandardCharsets.UTF_8);
            }
            if (!process.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            for (String entry : output.split("\0")) {
                int end = entry.indexOf('\n');
                if (end > 0) {
                    String name = entry.substring(0, end).toLowerCase(Locale.ROOT);
                    said.put(name.substring(name.lastIndexOf('.') + 1), entry.substring(end + 1));
                }
            }
        } catch (IOException e) {
            // no git here: nothing is said
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    /** @param jvm what JGit would take; ours looks for itself */
    @Override
    public HttpConnection create(URL url, Proxy jvm) throws IOException {
        try {
            URI uri = url.toURI();
            HttpConnection connection = ((HttpConnectionFactory) plain).create(url, routes.to(uri));
            routes.authorization(uri).ifPresent(value -> connection.setRequestProperty("Proxy-Authorization", value));
            return connection;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    @Override
    public GitSession newSession() {
        GitSession session = plain.newSession();
        return new GitSession() {
            @Override
            public HttpConnection configure(HttpConnection connection, boolean verify)
                    throws IOException, GeneralSecurityException {
                if (verify && "https".equalsIgnoreCase(connection.getURL().getProtocol())) {
                    connection.configure(null, Tls.trust(network), null);
                    return connection;
                }
                return session.configure(connection, verify);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    /** What stands on the way to the remote, for a sentence that tells of a failure; empty text for nothing. */
    /** Whether the JDK's words tell of an authority that is not trusted. */
    static boolean isUntrusted(String failure) {
        return failure.contains("PKIX") || failure.contains("certification path");
    }

    static String remedy(GitRemote remote, String failure) {
        return new Routes(remote.network())
                .remedy(URI.create(remote.url()), failure.contains("407") ? "407" : "")
                .map(more -> "; " + more)
                .orElse("");
    }
}
