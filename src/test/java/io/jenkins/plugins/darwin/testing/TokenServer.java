package io.jenkins.plugins.darwin.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry with bearer tokens, in the manner of Docker Hub: a proxy before a real registry that wants a token with the
 * right scope on every single request, and gives such tokens at {@code /token} to who shows user and password.
 */
public final class TokenServer extends ReverseProxy {
    public static final String USER = "releaser";
    public static final String PASSWORD = "s3cret:pä$$ w%rd";
    private static final Pattern NAME =
            Pattern.compile("/v2/(.+)/(?:manifests|blobs|tags|referrers)/.*?(?:[?&]mount=[^&]+&from=([^&]+))?");

    private record Grant(List<String> scopes, Instant until) {}

    private final Map<String, Grant> grants = new HashMap<>();
    private final List<WireRequest> requests = new ArrayList<>();
    private Duration life = Duration.ofMinutes(5);
    private int usesLeft = Integer.MAX_VALUE;

    private TokenServer(URI upstream) throws IOException {
        super(upstream);
    }

    public static TokenServer before(URI upstream) throws IOException {
        return new TokenServer(upstream);
    }

    /** How long tokens from now on are good for; they still claim five minutes. */
    public synchronized void revokeTokensAfter(Duration value) {
        life = value;
    }

    /** Makes all tokens given so far worthless, after so many more requests. */
    public synchronized void revokeAllAfterRequests(int count) {
        usesLeft = count;
    }

    /** All requests so far, those for tokens too. */
    public synchronized List<WireRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    synchronized Fault decide(WireRequest request) {
        requests.add(request);
        if (request.path().startsWith("/token")) {
            return grant(request);
        }
        if (usesLeft-- == 0) {
            grants.clear();
        }
        List<String> needed = needed(request);
        Grant grant = grants.get(request.authorization().orElse("").replaceFirst("^Bearer ", ""));
        if (grant != null
                && grant.until().isAfter(Instant.now())
                && grant.scopes().containsAll(needed)) {
            return Fault.NONE;
        }
        String scope = needed.isEmpty() ? "" : ",scope=\"" + needed.get(0) + "\"";
        return new Fault.Reply(
                401,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "WWW-Authenticate",
                        "Bearer realm=\"http://" + host() + "/token\",service=\"test registry\"" + scope
                                + (grant == null ? "" : ",error=\"insufficient_scope\"")),
                "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** One {@code name:right} for each right, so that a token may hold more than is needed. */
    private static List<String> needed(WireRequest request) {
        Matcher name = NAME.matcher(request.path());
        List<String> needed = new ArrayList<>();
        if (name.matches()) {
            needed.add(name.group(1) + ":pull");
            if (request.mutating()) {
                needed.add(name.group(1) + (request.method().equals("DELETE") ? ":delete" : ":push"));
            }
            if (name.group(2) != null) {
                needed.add(URLDecoder.decode(name.group(2), StandardCharsets.UTF_8) + ":pull");
            }
        }
        return needed;
    }

    private Fault grant(WireRequest request) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (!request.authorization().equals(java.util.Optional.of(expected))) {
            return Fault.reply(401, "application/json", "{\"details\":\"incorrect username or password\"}");
        }
        if (!request.path().contains("service=test+registry")) {
            return Fault.reply(400, "application/json", "{}");
        }
        TreeSet<String> scopes = new TreeSet<>();
        Matcher scope = Pattern.compile("[?&]scope=([^&]*)").matcher(request.path());
        while (scope.find()) {
            String[] parts =
                    URLDecoder.decode(scope.group(1), StandardCharsets.UTF_8).split(":");
            for (String right : parts[2].split(",")) {
                scopes.add(parts[1] + ":" + right);
            }
        }
        String token = UUID.randomUUID().toString();
        grants.put(token, new Grant(List.copyOf(scopes), Instant.now().plus(life)));
        return Fault.reply(200, "application/json", "{\"token\":\"" + token + "\",\"expires_in\":300}");
    }
}
