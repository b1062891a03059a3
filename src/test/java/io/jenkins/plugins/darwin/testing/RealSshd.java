package io.jenkins.plugins.darwin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** OpenSSH's server on this machine, with keys and configuration of its own; whoever it lets in is the user of this JVM. */
public final class RealSshd implements AutoCloseable {
    private final Path dir;
    private final int port;
    private Process process;

    private RealSshd(Path dir, int port) {
        this.dir = dir;
        this.port = port;
    }

    /**
     * @param dir an empty folder for what the server needs
     * @param hostKey its kind: ed25519, rsa, ecdsa
     */
    public static RealSshd start(Path dir, String hostKey) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(Files.createDirectories(dir), PosixFilePermissions.fromString("rwx------"));
        if (user().equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // where Debian's sshd jails its unprivileged half
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RealSshd sshd = new RealSshd(dir, port);
        Tools.run(dir, "ssh-keygen", "-q", "-t", hostKey, "-N", "", "-f", "host");
        sshd.authorize("");
        Files.writeString(dir.resolve("sshd_config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %2$s/host
                PidFile none
                AuthorizedKeysFile %2$s/authorized
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                """.formatted(port, dir));
        sshd.process = new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        dir.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("sshd.log").toFile())
                .start();
        sshd.await();
        return sshd;
    }

    private void await() throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new AssertionError(Files.readString(dir.resolve("sshd.log")));
                }
                Thread.sleep(50);
            }
        }
        throw new AssertionError(Files.readString(dir.resolve("sshd.log")));
    }

    /** @param publicKey the only one that is let in; empty for nobody */
    public void authorize(String publicKey) throws IOException {
        Files.writeString(dir.resolve("authorized"), publicKey);
    }

    /** The address of a folder on this machine. */
    public String url(Path folder) {
        return "ssh://" + user() + "@127.0.0.1:" + port + folder;
    }

    /** A line of {@code known_hosts}. */
    public String knownHost() {
        try {
            return knownHost(Files.readString(dir.resolve("host.pub")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that gives this server another key. */
    public String knownHost(String publicKey) {
        return "[127.0.0.1]:" + port + " " + publicKey.strip();
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    /** Stops the server and whoever is logged in. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}
