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

    private final ServerLocation server;
    private final RegistryOptions options;
    private final Wire wire;
    private final Authorizer authorizer;

    Transport(ServerLocation server, RegistryOptions options) {
        this.server = server;
        this.options = options;
        this.wire = new Wire(options);
        this.authorizer = new Authorizer(
                server,
                new TokenStore(wire, options.insecureHosts(), options.clock()),
                () -> options.auth().or(() -> options.dockerConfig().flatMap(config -> config.lookup(server.host()))));
    }

    RegistryOptions options() {
        return options;
    }

    ServerLocation server() {
        return server;
    }

    /** Sends a request whose answer is at most {@code limit} bytes long, with further attempts. */
    Fetched fetch(Call call, int limit) {
        return retrying(call.action(), () -> {
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
        RetryPolicy retry = options.retry();
        for (int count = 1; ; count++) {
            try {
                return attempt.run();
            } catch (ReleaseException | Wire.SourceFailure e) {
                throw e.getMessage().startsWith("Tried to ") ? e : Reasons.failure(action, e.getMessage(), e);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Reasons.failure(action, "interrupted", e);
                }
                String reason = e instanceof TransientFault
                        ? e.getMessage()
                        : "the connection dropped in the middle of the answer ("
                                + Json.printable(String.valueOf(e.getMessage())) + ")";
                if (count >= retry.attempts()) {
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
            boolean ours = server.covers(uri);
            Optional<String> authorization = ours ? authorizer.header(call.scopes()) : Optional.empty();
            Map<String, String> headers = new TreeMap<>(call.headers());
            headers.put("User-Agent", "darwin-release");
            authorization.ifPresent(value -> headers.put("Authorization", value));
            options.listener().request(call.method(), uri.getPath());
            Answer answer = wire.send(call.method(), uri, headers, call.body());
            Optional<String> location = answer.header("Location");
            if (call.accepted().contains(answer.status())) {
                return answer;
            } else if (answer.status() == 401
                    && ours
                    && logins++ < 2
                    && authorizer.learn(answer, call.scopes(), authorization)) {
                answer.close();
            } else if (isRedirect(answer.status())
                    && location.isPresent()
                    && redirects++ < MOST_REDIRECTS
                    && (call.method().equals("GET") || call.method().equals("HEAD"))) {
                answer.close();
                uri = resolve(uri, location.get());
            } else {
                throw failed(answer);
            }
        }
    }

    /** Why a request with this answer failed. Reads the body. */
    String reason(Answer answer) {
        return Reasons.of(answer, authorizer);
    }

    private TransientFault failed(Answer answer) {
        String reason = reason(answer);
        if (Reasons.isTransient(answer.status())) {
            return new TransientFault(reason, null, Reasons.retryAfter(answer, options.clock()));
        }
        throw ReleaseException.failed(reason);
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
