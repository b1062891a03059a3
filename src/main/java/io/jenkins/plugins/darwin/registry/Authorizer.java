package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Knows how one server wants to be asked: with nothing, with a password, or with a token for each scope. It learns from
 * the server's first 401 and from then on sends the header at once, on every request, as some servers insist.
 */
final class Authorizer {
    private final ServerLocation server;
    private final TokenStore tokens;
    private final Supplier<Optional<RegistryAuth>> lookup;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<RegistryAuth> credentials;
    private Challenge known;

    /** @param lookup of the credentials; asked once, and only when the server wants some */
    Authorizer(ServerLocation server, TokenStore tokens, Supplier<Optional<RegistryAuth>> lookup) {
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
            return Optional.of("Bearer " + tokens.token(known, new TreeSet<>(scopes), credentials()));
        }
        return credentials().map(auth -> {
            if (server.base().getScheme().equals("http") && !ServerLocation.isLoopback(server.host())) {
                throw ReleaseException.failed("the password for " + server.host() + " is not sent over plain http;"
                        + " give the registry a TLS certificate");
            }
            return basic(auth);
        });
    }

    static String basic(RegistryAuth auth) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((auth.user() + ":" + auth.password()).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<RegistryAuth> credentials() {
        if (credentials == null) {
            credentials = lookup.get();
        }
        return credentials;
    }

    /** Who the server refused, for people. */
    String who() {
        Optional<RegistryAuth> used = credentials == null ? Optional.empty() : credentials;
        return used.map(auth -> auth.refreshToken()
                        ? "the token that is stored for " + server.host()
                        : "the password of user '" + Json.printable(auth.user()) + "'")
                .orElse("anonymous access");
    }

    boolean anonymous() {
        return credentials == null || credentials.isEmpty();
    }

    /** The text with our password taken out, should a server quote it. */
    String withoutSecrets(String text) {
        return credentials == null
                        || credentials.isEmpty()
                        || credentials.get().password().isEmpty()
                ? text
                : text.replace(credentials.get().password(), "******")
                        .replace(basic(credentials.get()).substring(6), "******");
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
