package io.jenkins.plugins.darwin.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.darwin.testing.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server on this machine speaks is heard, not guessed. */
@Timeout(60)
class TlsProbeTest {
    @TempDir
    Path temp;

    private static boolean speaksTls(int port) throws IOException {
        return TlsProbe.speaksTls(URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(5));
    }

    @Test
    void aServerWithTls() throws Exception {
        try (SSLServerSocket server = SelfSigned.make(temp, "ip:127.0.0.1").listen()) {
            Thread accepting = new Thread(() -> {
                try (SSLSocket client = (SSLSocket) server.accept()) {
                    client.startHandshake();
                } catch (IOException e) {
                    // the greeting is all that it gets
                }
            });
            accepting.start();
            assertThat(speaksTls(server.getLocalPort())).isTrue();
            accepting.join(10_000);
        }
    }

    @Test
    void aServerOfPlainHttp() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        try {
            assertThat(speaksTls(server.getAddress().getPort())).isFalse();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void oneThatSaysNothingOrHangsUpIsNotWaitedFor() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 20, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            assertThat(speaksTls(silent.getLocalPort())).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
        try (ServerSocket rude = new ServerSocket(0, 20, InetAddress.getLoopbackAddress())) {
            Thread accepting = new Thread(() -> {
                try (Socket client = rude.accept()) {
                    client.getInputStream().read();
                } catch (IOException e) {
                    // it is the client that is tested
                }
            });
            accepting.start();
            assertThat(speaksTls(rude.getLocalPort())).isFalse();
            accepting.join(10_000);
        }
    }

    @Test
    void nothingThereSaysNothingAboutTls() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> speaksTls(port));
    }
}
