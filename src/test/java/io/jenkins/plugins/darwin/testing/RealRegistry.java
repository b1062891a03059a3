package io.jenkins.plugins.darwin.testing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Debian's docker-registry on a free port of 127.0.0.1, with its data in a directory of the test. It has no referrers
 * API. Close it to stop the process; start another on the same directory to go on with the same data.
 */
public final class RealRegistry implements AutoCloseable {
    /** The user of {@link Option#HTPASSWD}. */
    public static final String USER = "releaser";
    /** Their password, with characters that are easily spoilt on the way. */
    public static final String PASSWORD = "s3cret:pä$$ w%rd";

    /** How a registry may differ from the plain one. */
    public enum Option {
        /** Basic authentication, bcrypt. */
        HTPASSWD,
        /** Refuses every change with 405. */
        READ_ONLY,
        /** Lets manifests be deleted (by digest only: version 2 deletes no tags). */
        DELETE
    }

    private final Process process;
    private final int port;
    private final Path directory;

    private RealRegistry(Process process, int port, Path directory) {
        this.process = process;
        this.port = port;
        this.directory = directory;
    }

    /** Starts one and waits until it answers. @param directory for its data, configuration and log; made if missing */
    public static RealRegistry start(Path directory, Option... options) throws IOException, InterruptedException {
        Set<Option> wanted = EnumSet.noneOf(Option.class);
        wanted.addAll(Set.of(options));
        Files.createDirectories(directory.resolve("data"));
        IOException last = null;
        for (int attempt = 0; attempt < 3; attempt++) { // another process may take the free port first
            int port = freePort();
            Path config = directory.resolve("config.yml");
            Files.writeString(config, config(directory, port, wanted));
            Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log.txt").toFile())
                    .start();
            RealRegistry registry = new RealRegistry(process, port, directory);
            try {
                registry.waitUntilUp();
                return registry;
            } catch (IOException e) {
                registry.close();
                last = new IOException(Files.readString(directory.resolve("log.txt")), e);
            }
        }
        throw last;
    }

    private static String config(Path directory, int port, Set<Option> options)
            throws IOException, InterruptedException {
        String auth = "";
        if (options.contains(Option.HTPASSWD)) {
            Path file = directory.resolve("htpasswd");
            Process tool = new ProcessBuilder("htpasswd", "-B", "-i", "-c", file.toString(), USER)
                    .redirectErrorStream(true)
                    .start();
            tool.getOutputStream().write((PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
            tool.getOutputStream().close();
            if (tool.waitFor() != 0) {
                throw new IOException(new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            auth = "auth:\n  htpasswd: {realm: test, path: '" + file + "'}\n";
        }
        return "version: 0.1\nlog: {level: warn, accesslog: {disabled: true}}\nstorage:\n  filesystem: {rootdirectory: '"
                + directory.resolve("data") + "'}\n  delete: {enabled: " + options.contains(Option.DELETE) + "}\n"
                + "  maintenance: {uploadpurging: {enabled: false}, readonly: {enabled: "
                + options.contains(Option.READ_ONLY)
                + "}}\nhttp: {addr: '127.0.0.1:" + port + "', secret: test}\n" + auth;
    }

    private void waitUntilUp() throws IOException, InterruptedException {
        IOException last = new IOException("docker-registry did not come up");
        for (int tries = 0; tries < 600 && process.isAlive(); tries++) {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) uri().resolve("/v2/").toURL().openConnection();
                int status = connection.getResponseCode();
                connection.disconnect();
                if (status == 200 || status == 401) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            Thread.sleep(50);
        }
        throw last;
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As a location begins: {@code 127.0.0.1:PORT}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    public URI uri() {
        return URI.create("http://" + host());
    }

    /**
     * The clean-up that comes with it.
     *
     * @param untagged whether manifests go that no tag names
     */
    public void collectGarbage(boolean untagged) {
        String config = directory.resolve("config.yml").toString();
        Tools.run(
                directory,
                untagged
                        ? new String[] {"docker-registry", "garbage-collect", "-m", config}
                        : new String[] {"docker-registry", "garbage-collect", config});
    }

    /** Stops the process, at once if it does not stop by itself. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
