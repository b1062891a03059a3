package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Fetches bearer tokens and keeps each, for its scopes, until shortly before it expires (the token protocol of the
 * distribution project, "Token Authentication Specification"). Not safe for threads: its owner holds a lock.
 */
final class TokenStore {
    /** What a token lives when its server does not say, by that specification; in seconds. */
    private static final long DEFAULT_LIFE = 60;

    private static final int ANSWER_LIMIT = 1024 * 1024;

    private record Token(String value, Instant until) {}

    private final Wire wire;
    private final Supplier<ServerLocation> server;
    private final RegistryOptions options;
    private final Clock clock;
    private final Map<SortedSet<String>, Token> tokens = new HashMap<>();

    TokenStore(Wire wire, Supplier<ServerLocation> server, RegistryOptions options) {
        this.wire = wire;
        this.server = server;
        this.options = options;
        this.clock = options.clock();
    }

    /** A token for these scopes. */
    String token(Challenge challenge, SortedSet<String> scopes, Optional<RegistryAuth> auth) throws TransientFault {
        Token kept = tokens.get(scopes);
        if (kept != null && clock.instant().isBefore(kept.until())) {
            return kept.value();
        }
        SortedSet<String> asked = new TreeSet<>(scopes);
        if (scopes.isEmpty() && !challenge.parameter("scope").isEmpty()) {
            asked.add(challenge.parameter("scope"));
        }
        Token fresh = fetch(challenge, asked, auth);
        tokens.put(scopes, fresh);
        return fresh.value();
    }

    /** Drops the token of these scopes if it is the one that was refused; another thread may have renewed it. */
    void forget(String header, Iterable<String> scopes) {
        SortedSet<String> key = new TreeSet<>();
        scopes.forEach(key::add);
        Token kept = tokens.get(key);
        if (kept != null && header.equals("Bearer " + kept.value())) {
            tokens.remove(key);
        }
    }

    private Token fetch(Challenge challenge, SortedSet<String> scopes, Optional<RegistryAuth> auth)
            throws TransientFault {
        URI realm = realm(challenge, auth);
        boolean refresh = auth.isPresent() && auth.get().refreshToken();
        StringBuilder query = new StringBuilder();
        add(query, "service", challenge.parameter("service"));
        Map<String, String> headers = new TreeMap<>();
        if (refresh) {
            add(query, "grant_type", "refresh_token");
            add(query, "client_id", "darwin-release");
            add(query, "refresh_token", auth.get().password());
            add(query, "scope", String.join(" ", scopes));
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        } else {
            scopes.forEach(scope -> add(query, "scope", scope));
            auth.ifPresent(value -> headers.put("Authorization", Authorizer.basic(value)));
        }
        String join = realm.getRawQuery() == null ? "?" : "&";
        try (Answer answer = refresh
                ? wire.send(
                        "POST", realm, headers, Wire.Body.of(query.toString().getBytes(StandardCharsets.UTF_8)))
                : wire.send(
                        "GET", query.isEmpty() ? realm : URI.create(realm + join + query), headers, Wire.Body.NONE)) {
            return read(answer, realm);
        } catch (TransientFault e) {
            throw e;
        } catch (IOException e) {
            throw new TransientFault(
                    "the token server " + realm.getAuthority() + " stopped in the middle of its answer", e);
        }
    }

    private Token read(Answer answer, URI realm) throws IOException {
        String server = "the token server " + realm.getAuthority();
        if (answer.status() == 401 || answer.status() == 403) {
            throw ReleaseException.failed(
                    server + " refuses the user or password, or what they ask for (" + answer.status() + ")",
                    new Reasons.Denied());
        }
        if (answer.status() == 429 || answer.status() >= 500) {
            throw new TransientFault(server + " answered " + answer.status(), null, Reasons.retryAfter(answer, clock));
        }
        if (answer.status() != 200) {
            throw ReleaseException.failed(server + " answered " + answer.status() + " where a token was expected");
        }
        JsonNode json = Json.object(answer.bytes(ANSWER_LIMIT), "the answer of " + server);
        String value = Json.text(json, "token")
                .or(() -> Json.text(json, "access_token"))
                .filter(text -> text.chars().allMatch(c -> c > ' ' && c < 127))
                .orElseThrow(() -> ReleaseException.failed(server + " gave no token"));
        long life = json.path("expires_in").asLong(DEFAULT_LIFE);
        // Ask anew a little early, so that a token does not expire on the way.
        return new Token(value, clock.instant().plusSeconds(Math.max(1, life - Math.min(10, life / 4))));
    }

    /**
     * Where to ask. A server names any place that it likes, so: TLS, or this machine asked by this machine; and our credentials go
     * only to a place that belongs to the server, or that they were given for.
     */
    private URI realm(Challenge challenge, Optional<RegistryAuth> auth) {
        URI realm;
        try {
            realm = URI.create(challenge.parameter("realm"));
        } catch (IllegalArgumentException e) {
            throw untrusted(challenge);
        }
        if (realm.getHost() == null || realm.getRawUserInfo() != null) {
            throw untrusted(challenge);
        }
        ServerLocation asking = server.get();
        boolean here = ServerLocation.isLoopback(realm.getHost());
        if (here && !ServerLocation.isLoopback(asking.host())) {
            throw untrusted(challenge);
        }
        boolean plain = "http".equals(realm.getScheme())
                && (here
                        || auth.isEmpty()
                                && ServerLocation.mayUsePlainHttp(realm.getAuthority(), options.insecureHosts()));
        if (!plain && !"https".equals(realm.getScheme())) {
            throw untrusted(challenge);
        }
        boolean forged = asking.base().getScheme().equals("http") && !ServerLocation.isLoopback(asking.host());
        boolean given = options.authHosts()
                .filter(hosts -> hosts.contains(realm.getAuthority()))
                .isPresent();
        if (auth.isPresent() && (forged || !given && !asking.isRelative(realm.getHost()))) {
            throw ReleaseException.failed("it names the token server " + Json.printable(realm.getAuthority())
                            + ", which does not belong to it, and the credentials for " + asking.host()
                            + " are not sent there")
                    .withNext(Next.of(Next.Act.NAME_REGISTRY_HOSTS));
        }
        return realm;
    }

    private static ReleaseException untrusted(Challenge challenge) {
        return ReleaseException.failed(
                "it names a token server that we don't trust with credentials: expected an https URL, found '"
                        + Json.printable(challenge.parameter("realm")) + "'");
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
