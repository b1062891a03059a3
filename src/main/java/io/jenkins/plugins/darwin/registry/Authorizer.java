package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Knows how one server wants to be asked: with nothing, with a password, or with a token for each scope. It learns from
 * the server's first 401 and from then on sends the header at once, on every request, as some servers insist.
 */
final class Authorizer {
    private final Supplier<ServerLocation> server;
    private final TokenStore tokens;
    private final Function<String, Optional<RegistryAuth>> lookup;
    private final ReentrantLock lock = new ReentrantLock();
    /** By repository: a host's paths may have different ones. */
    private final Map<String, Optional<RegistryAuth>> credentials = new ConcurrentHashMap<>();

    private Challenge known;

    /** @param lookup of the credentials for a repository; asked once for each, and only when the server wants some */
    Authorizer(Supplier<ServerLocation> server, TokenStore tokens, Function<String, Optional<RegistryAuth>> lookup) {
        this.server = server;
        this.tokens = tokens;
        this.lookup = lookup;
    }

    /** The Authorization header for a request that needs these scopes, or empty while the server has not asked. */
    Optional<String> header(List<String> scopes) throws TransientFault {
        return locked(() -> known == null ? Optional.empty() : headerFor(scopes));
    }

    /**
     * Learns from a 401.
     *
     * @param sent the header that was refused
     * @return whether asking again can help
     */
    boolean learn(Answer refused, List<String> scopes, Optional<String> sent) throws TransientFault {
        List<Challenge> challenges = Challenge.parse(refused.headers().allValues("WWW-Authenticate"));
        return locked(() -> {
            Challenge best = pick(challenges, "bearer")
                    .or(() -> pick(challenges, "basic"))
                    .orElse(null);
            if (best == null) {
                return false;
            }
            known = best;
            sent.ifPresent(header -> tokens.forget(header, scopes));
            Optional<String> next = headerFor(scopes);
            return next.isPresent() && !next.equals(sent);
        });
    }

    private static Optional<Challenge> pick(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(each -> each.scheme().equals(scheme)).findFirst();
    }

    private Optional<String> headerFor(List<String> scopes) throws TransientFault {
        if (known.scheme().equals("bearer")) {
            return Optional.of("Bearer " + tokens.token(known, new TreeSet<>(scopes), credentials(scopes)));
        }
        return credentials(scopes).map(auth -> {
            if (server.get().base().getScheme().equals("http")
                    && !ServerLocation.isLoopback(server.get().host())) {
                throw ReleaseException.failed("the password for " + server.get().host()
                        + " is not sent over plain http;" + " give the registry a TLS certificate");
            }
            return basic(auth);
        });
    }

    static String basic(RegistryAuth auth) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((auth.user() + ":" + auth.password()).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<RegistryAuth> credentials(List<String> scopes) {
        return credentials.computeIfAbsent(repository(scopes), lookup);
    }

    /** The repository that a request is about, out of its first scope; the location's own path for one about none. */
    private String repository(List<String> scopes) {
        if (scopes.isEmpty()) {
            String prefix = server.get().prefix();
            return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        }
        String scope = scopes.get(0);
        return scope.substring(scope.indexOf(':') + 1, scope.lastIndexOf(':'));
    }

    /** Who the server refused, for people. */
    String who(List<String> scopes) {
        return credentials
                .getOrDefault(repository(scopes), Optional.empty())
                .map(auth -> auth.refreshToken()
                        ? "the token that is stored for " + server.get().host()
                        : "the password of user '" + Json.printable(auth.user()) + "'")
                .orElse("anonymous access");
    }

    boolean anonymous(List<String> scopes) {
        return credentials.getOrDefault(repository(scopes), Optional.empty()).isEmpty();
    }

    String host() {
        return server.get().host();
    }

    /** The text with our passwords taken out, should a server quote one. */
    String withoutSecrets(String text) {
        String shown = text;
        for (Optional<RegistryAuth> each : credentials.values()) {
            if (each.isPresent() && !each.get().password().isEmpty()) {
                shown = shown.replace(each.get().password(), "******")
                        .replace(basic(each.get()).substring(6), "******");
            }
        }
        return shown;
    }

    private interface Step<T> {
        T run() throws TransientFault;
    }

    private <T> T locked(Step<T> step) throws TransientFault {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReleaseException.failed("interrupted", e);
        }
        try {
            return step.run();
        } finally {
            lock.unlock();
        }
    }
}
