package io.jenkins.plugins.darwin.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A small proxy of our own on the loopback address, which goes on to a proxy that the JDK's clients can't speak to: one that
 * wants a password for tunnels (the JDK refuses to send one, by a property that belongs to the whole JVM), one behind TLS, or
 * one of SOCKS. It opens tunnels to hosts that this process asked for, to no others, and stops listening when nobody has asked
 * for half a minute.
 */
final class ProxyBridge {
    private static final int HEAD_LIMIT = 16 * 1024;
    private static final int CONNECT_MILLIS = 15_000;
    private static final int ANSWER_MILLIS = 60_000;
    private static final long IDLE_NANOS = 30_000_000_000L;

    private final ProxyServer proxy;
    private final NetworkSettings network;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private volatile String refusal = "";
    private ServerSocket listening;
    private long lastAsked;

    ProxyBridge(ProxyServer proxy, NetworkSettings network) {
        this.proxy = proxy;
        this.network = network;
    }

    /** Where to connect for a tunnel to this host. */
    synchronized InetSocketAddress towards(String host, int port) throws IOException {
        asked.add(key(host, port));
        lastAsked = System.nanoTime();
        if (listening == null || listening.isClosed()) {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(5_000);
            listening = socket;
            start("darwin-proxy", () -> accept(socket));
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    /** What the proxy last said instead of opening a tunnel, such as {@code 407 Proxy Authentication Required}; or empty text. */
    String refusal() {
        return refusal;
    }

    private static String key(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket socket) {
        try (socket) {
            while (!isIdle(socket)) {
                try {
                    Socket client = socket.accept();
                    start("darwin-tunnel", () -> serve(client));
                } catch (SocketTimeoutException e) {
                    // looks whether it is still wanted
                }
            }
        } catch (IOException e) {
            // closed; the next one who asks opens another
        }
    }

    private synchronized boolean isIdle(ServerSocket socket) throws IOException {
        if (System.nanoTime() - lastAsked < IDLE_NANOS) {
            return false;
        }
        socket.close();
        return true;
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(ANSWER_MILLIS);
            String line = head(client.getInputStream()).split("\r?\n", 2)[0];
            String[] words = line.split(" ");
            String target = words.length == 3 ? words[1].toLowerCase(Locale.ROOT) : "";
            if (!words[0].equals("CONNECT") || !asked.contains(target)) {
                reply(client, "403 Not for you");
                return;
            }
            tunnel(client, target);
        } catch (IOException e) {
            // the client sees that it is closed
        }
    }

    private void tunnel(Socket client, String target) throws IOException {
        try (Socket far = open(target)) {
            if (!proxy.scheme().equals("socks5")) {
                String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
                        + proxy.authorization()
                                .map(value -> "Proxy-Authorization: " + value + "\r\n")
                                .orElse("")
                        + "\r\n";
                far.setSoTimeout(ANSWER_MILLIS);
                far.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                String status = head(far.getInputStream()).split("\r?\n", 2)[0];
                if (!status.matches("HTTP/1\\.[01] 2[0-9][0-9].*")) {
                    refusal = status.replaceFirst("^HTTP/1\\.[01] ", "").replaceAll("[^ -~]", "?");
                    reply(client, "502 The proxy refused");
                    return;
                }
            }
            refusal = "";
            reply(client, "200 Connection established");
            client.setSoTimeout(0);
            far.setSoTimeout(0);
            start("darwin-tunnel", () -> copy(client, far));
            copy(far, client);
        } catch (IOException e) {
            refusal = "it can't be reached (" + e.getMessage() + ")";
            reply(client, "502 The proxy can't be reached");
        }
    }

    private Socket open(String target) throws IOException {
        InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
        if (proxy.scheme().equals("socks5")) {
            Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, address));
            int colon = target.lastIndexOf(':');
            socket.connect(
                    InetSocketAddress.createUnresolved(
                            target.substring(0, colon), Integer.parseInt(target.substring(colon + 1))),
                    CONNECT_MILLIS);
            return socket;
        }
        Socket socket = new Socket(Proxy.NO_PROXY);
        socket.connect(address, CONNECT_MILLIS);
        if (proxy.scheme().equals("http")) {
            return socket;
        }
        SSLSocket tls = (SSLSocket) Tls.context(null, Tls.trust(network))
                .getSocketFactory()
                .createSocket(socket, proxy.host(), proxy.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static void reply(Socket client, String status) throws IOException {
        String end = status.startsWith("200") ? "\r\n" : "Content-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n" + end).getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    /** Byte by byte: what comes behind the head is the tunnel's. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < HEAD_LIMIT) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed in the middle of the answer");
            }
            head.append((char) c);
            int length = head.length();
            if (c == '\n' && (head.indexOf("\r\n\r\n", length - 4) >= 0 || head.indexOf("\n\n", length - 2) >= 0)) {
                return head.toString();
            }
        }
        throw new IOException("the head of the answer is too long");
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[32 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count; (count = in.read(buffer)) >= 0; ) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // one of them is gone, and with it the tunnel
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
