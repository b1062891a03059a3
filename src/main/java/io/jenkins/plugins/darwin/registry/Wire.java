package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.network.Routes;
import io.jenkins.plugins.darwin.network.Tls;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Sends one request and waits for the head of its answer, as long as bytes move. No retry, no redirect, no credentials of its own. */
final class Wire {
    /** A request body that can be sent again. @param size in bytes */
    record Body(long size, BlobSource source) {
        static Body of(byte[] bytes) {
            return new Body(bytes.length, BlobSource.of(bytes));
        }

        static final Body NONE = new Body(0, BlobSource.of(new byte[0]));
    }

    /** A source that failed: no fault of the server, so another attempt gives the same. */
    static final class SourceFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SourceFailure(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: ([0-9]{3})");

    private final HttpClient client;
    private final Duration idleTimeout;
    private final Routes routes;

    /** @param host whose own certificates count, {@code host[:port]} */
    Wire(RegistryOptions options, String host) {
        this.idleTimeout = options.idleTimeout();
        this.routes = new Routes(options.network());
        // HTTP/1.1: an upgrade header on plain http confuses some proxies, and one slow blob must not stall the others.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.connectTimeout())
                .proxy(routes)
                .sslContext(Tls.context(options.network(), options.certificates(), host))
                .build();
    }

    boolean usesProxy(URI uri) {
        return routes.to(uri) != Proxy.NO_PROXY;
    }

    Answer send(String method, URI uri, Map<String, String> headers, Body body) throws TransientFault {
        Watched watched = new Watched(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, watched.publisher());
        headers.forEach(request::header);
        routes.to(uri); // a way that there is none is told before anything is sent
        routes.authorization(uri).ifPresent(value -> request.header("Proxy-Authorization", value));
        CompletableFuture<HttpResponse<InputStream>> future =
                client.sendAsync(request.build(), head -> new BodyStream(idleTimeout));
        HttpResponse<InputStream> response = await(future, watched, uri);
        return new Answer(response.statusCode(), response.headers(), response.body(), uri);
    }

    private <T> T await(CompletableFuture<T> future, Watched watched, URI uri) throws TransientFault {
        while (true) {
            try {
                return future.get(Math.min(1000, idleTimeout.toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (watched.idleNanos() > idleTimeout.toNanos()) {
                    future.cancel(true);
                    throw new TransientFault(
                            uri.getAuthority() + " did not answer for " + idleTimeout.toSeconds() + " seconds", e);
                }
            } catch (InterruptedException e) {
                future.cancel(true);
                Thread.currentThread().interrupt();
                throw ReleaseException.failed("interrupted", e);
            } catch (ExecutionException e) {
                watched.throwFailure();
                throw fault(e.getCause(), uri);
            }
        }
    }

    /** Says in plain words why a connection failed, and what would mend it. */
    private TransientFault fault(Throwable cause, URI uri) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            Matcher tunnel = TUNNEL.matcher(String.valueOf(each.getMessage()));
            if (tunnel.find()) {
                return new TransientFault(
                        "there is no way to " + uri.getAuthority() + "; "
                                + routes.remedy(uri, tunnel.group(1)).orElse("the JVM's proxy refused it"),
                        cause);
            }
            if (each instanceof UnresolvedAddressException) {
                throw ReleaseException.failed(
                                "the host " + uri.getHost() + " is unknown"
                                        + routes.remedy(uri, "")
                                                .map(more -> "; " + more)
                                                .orElse(""),
                                cause)
                        .withNext(Next.of(Next.Act.NAME_PROXY));
            }
            if (each instanceof SSLException) {
                throw ReleaseException.failed(
                                uri.getAuthority() + " does not speak TLS that we trust ("
                                        + Json.printable(String.valueOf(each.getMessage())) + ")",
                                cause)
                        .withNext(new Next(Next.Act.TRUST_AUTHORITY, uri.getAuthority()));
            }
            if (each instanceof ConnectException) {
                return new TransientFault(
                        "nothing answers at " + uri.getAuthority() + " (is the registry running?)"
                                + routes.remedy(uri, "")
                                        .map(more -> "; " + more)
                                        .orElse(""),
                        cause);
            }
        }
        return new TransientFault(
                "the connection to " + uri.getAuthority() + " dropped ("
                        + Json.printable(String.valueOf(cause.getMessage())) + ")"
                        + routes.remedy(uri, "").map(more -> "; " + more).orElse(""),
                cause);
    }

    /** Sees when bytes of the body last moved, and keeps the source's failure, which the JDK would hide. */
    private static final class Watched {
        private final Body body;
        private volatile long lastMoved = System.nanoTime();
        private volatile Throwable failure;

        Watched(Body body) {
            this.body = body;
        }

        BodyPublisher publisher() {
            return body.size() == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), body.size());
        }

        private InputStream open() {
            try {
                return new Counted(body.source().open());
            } catch (IOException | RuntimeException e) {
                failure = e;
                throw new UncheckedIOException(new IOException(e));
            }
        }

        long idleNanos() {
            return System.nanoTime() - lastMoved;
        }

        void throwFailure() {
            if (failure instanceof ReleaseException known) {
                throw known;
            }
            if (failure != null) {
                throw new SourceFailure(
                        "what was to be sent could not be read (" + Json.printable(String.valueOf(failure.getMessage()))
                                + ")",
                        failure);
            }
        }

        private final class Counted extends FilterInputStream {
            private long left = body.size();

            Counted(InputStream in) {
                super(in);
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    int count = super.read(target, offset, length);
                    lastMoved = System.nanoTime();
                    left -= Math.max(0, count);
                    if (left < 0 || (count < 0 && left > 0)) {
                        throw new IOException(
                                "it has " + (left < 0 ? "more than " : "only " + (body.size() - left) + " of ")
                                        + body.size() + " bytes");
                    }
                    return count;
                } catch (IOException | RuntimeException e) {
                    failure = e;
                    throw e;
                }
            }
        }
    }
}
