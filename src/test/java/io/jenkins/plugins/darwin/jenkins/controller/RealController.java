package io.jenkins.plugins.darwin.jenkins.controller;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A controller in a process of its own, with our plugin among others, that can be killed and started again on the same home. */
final class RealController implements AutoCloseable {
    private static final Duration UP = Duration.ofMinutes(5);

    private final Path war;
    private final Path home;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    private RealController(Path war, Path home, int port) {
        this.war = war;
        this.home = home;
        this.port = port;
    }

    /**
     * Starts one on a free port of 127.0.0.1 and waits until it is up.
     *
     * @param plugins a folder of {@code .jpi} files that ours needs
     * @param setUp Groovy that is run at each start
     */
    static RealController start(Path war, Path plugins, Path ours, Path home, String setUp)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(home.resolve("plugins"));
        try (Stream<Path> files = Files.list(plugins)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".jpi"))::iterator) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.copy(ours, folder.resolve("darwin-release.jpi"));
        Files.writeString(Files.createDirectories(home.resolve("init.groovy.d")).resolve("site.groovy"), setUp);
        RealController controller = new RealController(war, home, freePort());
        controller.start();
        return controller;
    }

    void start() throws IOException, InterruptedException {
        Path log = log();
        Files.deleteIfExists(log);
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx600m",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Djenkins.install.runSetupWizard=false",
                "-Dhudson.model.UpdateCenter.never=true",
                "-Dhudson.model.DownloadService.never=true",
                "-Djenkins.model.Jenkins.slaveAgentPort=-1",
                "-Djava.io.tmpdir=" + home.getParent(),
                "-jar",
                war.toString(),
                "--httpListenAddress=127.0.0.1",
                "--httpPort=" + port,
                "--webroot=" + home.resolve("war"));
        command.environment().put("JENKINS_HOME", home.toString());
        File output = log.toFile();
        process = command.redirectErrorStream(true).redirectOutput(output).start();
        long deadline = System.nanoTime() + UP.toNanos();
        while (!(Files.readString(log).contains("Jenkins is fully up and running") && answers())) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("Jenkins did not come up: " + Files.readString(log));
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(uri("login")).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    /** As the kernel does: nothing of it runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/" + path);
    }

    Path home() {
        return home;
    }

    /** What it logged since its last start. */
    private Path log() {
        return home.resolve("controller.log");
    }

    List<String> severe() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(l -> l.contains("SEVERE") || l.contains("LinkageError"))
                    .toList();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
