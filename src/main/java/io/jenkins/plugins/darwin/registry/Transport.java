package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Requests to one server, with its credentials, redirects, and further attempts. */
final class Transport {
    /**
     * One request.
     *
     * @param action what it is for, to follow "Tried to "
     * @param scopes that a token must have
     * @param accepted the statuses that the caller deals with; any other is a failure
     */
    record Call(
            String action,
            String method,
            URI uri,
            Map<String, String> headers,
            Wire.Body body,
            List<String> scopes,
            Set<Integer> accepted) {
        /** The same for another URL. */
        Call at(URI other) {
            return new Call(action, method, other, headers, body, scopes, accepted);
        }
    }

    /** A short answer, read whole. */
    record Fetched(Answer head, byte[] bytes) {
        int status() {
            return head.status();
        }
    }

    /** One attempt at something. */
    interface Attempt<T> {
        T run() throws IOException;
    }

    private static final int MOST_REDIRECTS = 5;

    /** No answer that is read whole is worth more attempts after this. */
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(150);

    private final ServerLocation place;
    private final RegistryOptions options;
    private final Wire wire;
    private final Authorizer authorizer;
    private volatile ServerLocation server;
    private volatile Boolean known;

    Transport(ServerLocation place, RegistryOptions options) {
        this.place = place;
        this.options = options;
        this.wire = new Wire(options, place.host());
        this.authorizer = new Authorizer(this::server, new TokenStore(wire, this::server, options), this::credentials);
    }

    private Optional<RegistryAuth> credentials(String repository) {
        return options.auth()
                .filter(auth -> options.authIsFor(place.host()))
                .or(() -> options.logins().flatMap(logins -> logins.lookup(place.host(), repository)));
    }

    /** As it was opened; nothing is asked. */
    ServerLocation place() {
        return place;
    }

    RegistryOptions options() {
        return options;
    }

    /** With the scheme that it speaks: TLS wherever it does, plain http where that is allowed and it speaks nothing else. */
    ServerLocation server() {
        ServerLocation settled = server;
        return settled != null ? settled : settle();
    }

    /** Whether nothing on the way proves that the bytes which arrive are those that were sent: there is no TLS. */
    boolean mayFlipBits() {
        return !"https".equals(server().base().getScheme());
    }

    private synchronized ServerLocation settle() {
        if (server != null) {
            return server;
        }
        if (place.base().getScheme().equals("https") || wire.usesProxy(place.base())) {
            server = place;
            return place;
        }
        try {
            server = TlsProbe.speaksTls(place.base(), options.connectTimeout()) ? place.overTls() : place;
            return server;
        } catch (IOException e) {
            return place; // the request itself says what is wrong, and the next one looks again
        }
    }

    /** Whether the server takes us for somebody it knows, whatever it says of one repository. */
    boolean isKnown() {
        Boolean before = known;
        if (before == null) {
            try {
                before = fetch(
                                        new Call(
                                                "reach the registry " + place.host(),
                                                "GET",
                                                server().base().resolve("/v2/"),
                                                Map.of(),
                                                Wire.Body.NONE,
                                                List.of(),
                                                Set.of(200, 401, 403)),
                                        65536)
                                .status()
                        == 200;
            } catch (ReleaseException e) {
                before = false;
            }
            known = before;
        }
        return before;
    }

    /** Sends a request whose answer is at most {@code limit} bytes long, with further attempts. */
    Fetched fetch(Call call, int limit) {
        return retrying(call.action(), LONGEST_FETCH, () -> {
            try (Answer answer = exchange(call)) {
                byte[] bytes = answer.bytes(limit + 1);
                if (bytes.length > limit) {
                    throw ReleaseException.failed("the answer has more than " + limit + " bytes");
                }
                return new Fetched(answer, bytes);
            }
        });
    }

    /**
     * Makes attempts until one succeeds, fails for good, or there have been enough.
     *
     * @throws ReleaseException in the one form of all our sentences, unless it has that form already
     */
    <T> T retrying(String action, Attempt<T> attempt) {
        return retrying(action, Duration.ofDays(365), attempt);
    }

    private <T> T retrying(String action, Duration longest, Attempt<T> attempt) {
        RetryPolicy retry = options.retry();
        long began = System.nanoTime();
        for (int count = 1; ; count++) {
            try {
                return attempt.run();
            } catch (ReleaseException e) {
                throw Reasons.told(action, e);
            } catch (Wire.SourceFailure e) {
                throw Reasons.failure(action, e.getMessage(), e);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Reasons.failure(action, "interrupted", e);
                }
                String reason = e instanceof TransientFault
                        ? e.getMessage()
                        : "the connection dropped in the middle of the answer ("
                                + Json.printable(String.valueOf(e.getMessage())) + ")";
                if (count >= retry.attempts() || System.nanoTime() - began > longest.toNanos()) {
                    throw Reasons.failure(action, reason + (count > 1 ? ", " + count + " times" : ""), e);
                }
                Duration asked = e instanceof TransientFault fault ? fault.retryAfter() : Duration.ZERO;
                pause(action, reason, retry.pause(count, asked));
            }
        }
    }

    private void pause(String action, String reason, Duration pause) {
        if (pause.toSeconds() >= 2) {
            options.progress()
                    .message("Waiting " + pause.toSeconds() + " s before another attempt to " + action + ": " + reason
                            + ".");
        }
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Reasons.failure(action, "interrupted", e);
        }
    }

    /** One attempt: asks, shows credentials when told to, follows redirects of reads. */
    Answer exchange(Call call) throws TransientFault {
        URI uri = call.uri();
        int logins = 0;
        int redirects = 0;
        while (true) {
            // Never to another host: a storage server that a blob is redirected to has no business with our
            // credentials.
            boolean ours = server().covers(uri);
            Optional<String> authorization = ours ? authorizer.header(call.scopes()) : Optional.empty();
            Map<String, String> headers = new TreeMap<>(call.headers());
            headers.put("User-Agent", "darwin-release");
            authorization.ifPresent(value -> headers.put("Authorization", value));
            options.listener().request(call.method(), uri.getPath());
            Answer answer = wire.send(call.method(), uri, headers, call.body());
            Optional<String> location = answer.header("Location");
            if (answer.status() == 401
                    && ours
                    && logins++ < 2
                    && authorizer.learn(answer, call.scopes(), authorization)) {
                answer.close();
            } else if (call.accepted().contains(answer.status())) {
                return answer;
            } else if (isRedirect(answer.status())
                    && location.isPresent()
                    && redirects++ < MOST_REDIRECTS
                    && (call.method().equals("GET") || call.method().equals("HEAD"))) {
                answer.close();
                uri = resolve(uri, location.get());
            } else {
                throw failed(answer, call.scopes());
            }
        }
    }

    /** Why a request with this answer failed. Reads the body. */
    Reason reason(Answer answer, List<String> scopes) {
        return Reasons.of(answer, authorizer, scopes);
    }

    private TransientFault failed(Answer answer, List<String> scopes) {
        Reason reason = reason(answer, scopes);
        if (answer.status() == 401 || answer.status() == 403) {
            throw reason.failure(new Reasons.Denied());
        }
        if (answer.status() == 404) {
            throw reason.failure(new Reasons.NotThere());
        }
        if (Reasons.isTransient(answer.status())) {
            return new TransientFault(reason.text(), null, Reasons.retryAfter(answer, options.clock()));
        }
        throw reason.failure(null);
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** The URL that a server names in an answer, relative or absolute, if we may go there. */
    URI resolve(URI asked, String location) {
        URI uri;
        try {
            uri = asked.resolve(location);
        } catch (IllegalArgumentException e) {
            throw ReleaseException.failed("the registry named a place that is not a URL", e);
        }
        ServerLocation server = server();
        if (uri.getHost() != null
                && ServerLocation.isLoopback(uri.getHost())
                && !ServerLocation.isLoopback(server.host())) {
            // What listens on this machine is nothing to a server elsewhere.
            throw ReleaseException.failed(
                    "the registry sent us to " + Json.printable(uri.getAuthority()) + ", which is this machine itself");
        }
        if ("http".equals(uri.getScheme())
                && server.base().getScheme().equals("https")
                && server.base().getHost().equalsIgnoreCase(uri.getHost())) {
            // A registry behind a TLS proxy often doesn't know that it is.
            return URI.create("https" + uri.toString().substring("http".length()));
        }
        if (uri.getHost() == null
                || !("https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme())
                                && ServerLocation.mayUsePlainHttp(uri.getAuthority(), options.insecureHosts())))) {
            throw ReleaseException.failed(
                    "the registry sent us to " + Json.printable(String.valueOf(uri.getAuthority())) + " without TLS");
        }
        return uri;
    }
}
