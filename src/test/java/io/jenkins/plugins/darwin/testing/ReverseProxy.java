package io.jenkins.plugins.darwin.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before a real registry on 127.0.0.1, passes requests and answers on, and commits the faults it is told to. */
abstract class ReverseProxy implements AutoCloseable {
    private static final Set<String> HOP = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            "date",
            "keep-alive");

    private final URI upstream;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ReverseProxy(URI upstream) throws IOException {
        this.upstream = upstream;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** As a location begins: {@code 127.0.0.1:PORT}. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Decides about a request, before anything happens. */
    abstract Fault decide(WireRequest request) throws IOException;

    private void handle(HttpExchange exchange) {
        try (exchange) {
            WireRequest request = new WireRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
            Fault fault = decide(request);
            if (fault instanceof Fault.Reply reply) {
                exchange.getRequestBody().readAllBytes();
                reply.headers().forEach(exchange.getResponseHeaders()::set);
                answer(exchange, reply.status(), reply.body().length, new ByteArrayInputStream(reply.body()));
            } else if (!(fault instanceof Fault.CutBefore)) {
                pass(exchange, fault);
            }
        } catch (IOException e) {
            // the connection was cut, by us or by the client
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(forwarded(exchange, fault), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (fault instanceof Fault.CutAfter) {
                return;
            }
            if (fault instanceof Fault.Delay delay) {
                Thread.sleep(delay.millis());
            }
            Headers headers = exchange.getResponseHeaders();
            response.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(value -> {
                        if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                            headers.add(name, value.replace(upstream.toString(), "http://" + host()));
                        }
                    }));
            long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", Long.toString(length));
                exchange.sendResponseHeaders(response.statusCode(), -1);
            } else if (fault instanceof Fault.CutAnswer cut) {
                exchange.sendResponseHeaders(response.statusCode(), length);
                exchange.getResponseBody().write(body.readNBytes((int) cut.bytes()));
                exchange.getResponseBody().flush();
            } else {
                answer(
                        exchange,
                        response.statusCode(),
                        length,
                        fault instanceof Fault.FlipAnswer flip && length > 0
                                ? new FlipStream(body, flip.at() % length)
                                : body);
            }
        }
    }

    private HttpRequest forwarded(HttpExchange exchange, Fault fault) {
        URI target = URI.create(upstream + exchange.getRequestURI().toString());
        long length =
                Long.parseLong(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"))
                        .orElse("0"));
        InputStream sent = exchange.getRequestBody();
        InputStream body = fault instanceof Fault.CutUpload cut
                ? new CutStream(sent, cut.bytes())
                : fault instanceof Fault.FlipUpload flip && length > 0
                        ? new FlipStream(sent, flip.at() % length)
                        : sent;
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod(),
                        length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body), length));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, int status, long length, InputStream body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        try (OutputStream out = exchange.getResponseBody()) {
            body.transferTo(out);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Breaks after some bytes. */
    private static final class CutStream extends FilterInputStream {
        private long left;

        CutStream(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("cut");
            }
            int count = super.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }

    /** Changes the lowest bit of one byte. */
    private static final class FlipStream extends FilterInputStream {
        private final long at;
        private long seen;

        FlipStream(InputStream in, long at) {
            super(in);
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            if (count > 0 && at >= seen && at < seen + count) {
                target[offset + (int) (at - seen)] ^= 1;
            }
            seen += Math.max(0, count);
            return count;
        }
    }
}
