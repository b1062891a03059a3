package io.jenkins.plugins.darwin.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proxies that the JDK's clients can't speak to are reached all the same, for those hosts that were asked for. */
@Timeout(60)
class ProxyBridgeTest {
    private interface Talk {
        void with(Socket client) throws IOException;
    }

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket proxy;

    @BeforeEach
    void listen() throws IOException {
        proxy = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    private void serve(Talk talk) {
        Thread thread = new Thread(() -> {
            while (!proxy.isClosed()) {
                try (Socket client = proxy.accept()) {
                    talk.with(client);
                } catch (IOException e) {
                    // closed
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c; head.indexOf("\r\n\r\n") < 0 && (c = in.read()) >= 0; ) {
            head.append((char) c);
        }
        return head.toString();
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** A proxy that answers so, and then says what is behind it. */
    private void http(String answer) {
        serve(client -> {
            heard.add(head(client.getInputStream()));
            say(client, answer);
            if (answer.contains(" 200 ")) {
                say(client, "behind " + client.getInputStream().read());
            }
        });
    }

    private ProxyBridge bridge(String scheme) {
        return new ProxyBridge(
                ProxyServer.parse(
                        scheme + "://" + (scheme.startsWith("http") ? "user:p%40ss@" : "") + "127.0.0.1:"
                                + proxy.getLocalPort(),
                        "https_proxy"),
                NetworkSettings.none());
    }

    /** What a client hears that asks the bridge for a tunnel. */
    private static String ask(InetSocketAddress bridge, String target) throws IOException {
        try (Socket socket = new Socket(bridge.getAddress(), bridge.getPort())) {
            say(socket, "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
            String answer = head(socket.getInputStream());
            if (!answer.contains(" 200 ")) {
                return answer.split("\r\n")[0];
            }
            socket.getOutputStream().write(7);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aPasswordGoesToTheProxyWithTheTunnel() throws IOException {
        http("HTTP/1.1 200 OK\r\n\r\n");
        ProxyBridge bridge = bridge("http");
        assertThat(ask(bridge.towards("Git.example.test", 443), "git.example.test:443"))
                .isEqualTo("behind 7");
        assertThat(heard)
                .singleElement()
                .asString()
                .startsWith("CONNECT git.example.test:443 HTTP/1.1")
                .contains("Proxy-Authorization: Basic dXNlcjpwQHNz"); // user:p@ss
        assertThat(bridge.refusal()).isEmpty();
    }

    @Test
    void nobodyElseOnThisMachineGetsATunnel() throws IOException {
        http("HTTP/1.1 200 OK\r\n\r\n");
        InetSocketAddress bridge = bridge("http").towards("git.example.test", 443);
        assertThat(ask(bridge, "intranet.example.test:443")).isEqualTo("HTTP/1.1 403 Not for you");
        assertThat(ask(bridge, "git.example.test:22")).isEqualTo("HTTP/1.1 403 Not for you");
        assertThat(heard).isEmpty();
    }

    @Test
    void aRefusalOfTheProxyIsKeptForTheSentence() throws IOException {
        http("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        ProxyBridge bridge = bridge("http");
        assertThat(ask(bridge.towards("git.example.test", 443), "git.example.test:443"))
                .contains("502");
        assertThat(bridge.refusal()).isEqualTo("407 Proxy Authentication Required");
    }

    @Test
    void aProxyThatIsNotThereIsSaid() throws IOException {
        ProxyBridge bridge = bridge("http");
        proxy.close();
        assertThat(ask(bridge.towards("git.example.test", 443), "git.example.test:443"))
                .contains("502");
        assertThat(bridge.refusal()).startsWith("it can't be reached");
    }

    /** RFC 1928, without a password; the name is the proxy's to look up. */
    @Test
    void aSocksProxyIsSpokenTo() throws IOException {
        serve(client -> {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readByte();
            in.readNBytes(in.readByte());
            client.getOutputStream().write(new byte[] {5, 0});
            in.readNBytes(3);
            byte type = in.readByte();
            byte[] name = in.readNBytes(type == 3 ? in.readByte() : 4);
            heard.add(type + " " + new String(name, StandardCharsets.US_ASCII) + ":" + in.readUnsignedShort());
            client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            say(client, "behind " + in.read());
        });
        assertThat(ask(bridge("socks5").towards("git.example.test", 443), "git.example.test:443"))
                .isEqualTo("behind 7");
        assertThat(heard).containsExactly("3 git.example.test:443");
    }

    private static NetworkSettings settings(String proxy, String without) {
        return new NetworkSettings(
                ProxyServer.parse(proxy, "https_proxy"),
                ProxyServer.parse(proxy, "http_proxy"),
                NoProxy.parse(without),
                "");
    }

    @Test
    void whichWayLeadsToAHost() {
        Routes plain = new Routes(settings("http://proxy.example.test:3128", "inside.example.test"));
        assertThat(plain.to(URI.create("https://x.example.test/")))
                .isEqualTo(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("proxy.example.test", 3128)));
        assertThat(plain.to(URI.create("https://a.inside.example.test/"))).isEqualTo(Proxy.NO_PROXY);
        assertThat(plain.to(URI.create("http://127.0.0.1:5000/"))).isEqualTo(Proxy.NO_PROXY);
        assertThat(plain.authorization(URI.create("http://x.example.test/"))).isEmpty();

        Routes login = new Routes(settings("http://u:p@proxy.example.test:3128", ""));
        assertThat(((InetSocketAddress)
                                login.to(URI.create("https://x.example.test/")).address())
                        .getAddress()
                        .isLoopbackAddress())
                .isTrue();
        assertThat(login.authorization(URI.create("http://x.example.test/"))).contains("Basic dTpw");
        assertThat(login.authorization(URI.create("https://x.example.test/")))
                .as("the tunnel has it, not the request")
                .isEmpty();
        assertThat(login.remedy(URI.create("https://x.example.test/"), "407 No"))
                .get()
                .asString()
                .contains("proxy.example.test:3128 (https_proxy)", "407 No", "USER:PASSWORD")
                .doesNotContain("u:p@");

        Routes socks = new Routes(settings("socks5://proxy.example.test:1080", ""));
        assertThatExceptionOfType(ReleaseException.class)
                .isThrownBy(() -> socks.to(URI.create("http://x.example.test/")))
                .withMessageContaining("set http_proxy, or name the host in no_proxy");
    }
}
