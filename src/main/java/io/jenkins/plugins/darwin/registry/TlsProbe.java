package io.jenkins.plugins.darwin.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Hears whether a server that may be spoken to in plain http speaks TLS: it is greeted as TLS has it, and the first byte of its
 * answer tells. The greeting ends with an empty line, so that a server of plain http, too, answers at once.
 */
final class TlsProbe {
    /** Content types of a TLS record (RFC 8446, 5.1). */
    private static final int ALERT = 21;

    private static final int HANDSHAKE = 22;
    /** Longer than a server on this machine needs; one that says nothing is asked in plain http. */
    private static final int ANSWER_MILLIS = 1_000;

    private TlsProbe() {}

    /** @throws IOException when nothing answers there, which says nothing about TLS */
    static boolean speaksTls(URI server, Duration connectTimeout) throws IOException {
        int port = server.getPort() >= 0 ? server.getPort() : 80;
        String host = server.getHost().replaceAll("[\\[\\]]", "");
        try (Socket socket = new Socket(java.net.Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(host, port), (int) connectTimeout.toMillis());
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(greeting(host, port));
            socket.getOutputStream().flush();
            try {
                int first = socket.getInputStream().read();
                return first == HANDSHAKE || first == ALERT;
            } catch (IOException e) {
                return false; // silent, or hung up on the greeting
            }
        }
    }

    private static byte[] greeting(String host, int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            SSLEngine engine = context.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            engine.beginHandshake();
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(hello.array(), 0, hello.position());
            all.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return all.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JVM has TLS
        }
    }
}
