package io.jenkins.plugins.darwin.jenkins.vote;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ProxyConfiguration;
import io.jenkins.plugins.darwin.jenkins.config.AllowedHosts;
import io.jenkins.plugins.darwin.jenkins.config.DarwinReleasesConfiguration;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent;
import io.jenkins.plugins.darwin.vote.VoteJson;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Tells a URL of every event: a POST of JSON, with {@code X-Darwin-Timestamp}, seconds since 1970, and {@code
 * X-Darwin-Signature-256: sha256=<hex>}, the HMAC-SHA-256 of time stamp, a full stop and body under the secret: who receives it can
 * refuse one that was recorded and sent again later. Tried once, and not always in order; the vote's page and API hold the truth.
 */
final class VoteWebhook {
    private static final Logger LOGGER = Logger.getLogger(VoteWebhook.class.getName());
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static HttpClient client;
    private static ProxyConfiguration proxy;

    private VoteWebhook() {}

    /** @throws ReleaseException usage, for what nothing can be sent to; refused, for a host that the administrator does not allow */
    static void check(String url, AllowedHosts allowed) {
        if (url == null) {
            return;
        }
        requireAddress(url);
        if (!allowed.permits(URI.create(url).getHost())) {
            throw ReleaseException.refused(
                    "The webhook's host " + URI.create(url).getHost()
                            + " is not allowed: expected one of those that an administrator lists under Manage Jenkins, System,"
                            + " Darwin releases, Webhook hosts: " + allowed + ".");
        }
    }

    private static void requireAddress(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw ReleaseException.usage(
                "Not the address of a webhook: expected https://HOST/PATH without a user, found another 'webhook'.");
    }

    static void send(VoteGate gate, VoteListener.Kind kind, VoteEvent event) {
        String url = gate.header().webhook();
        if (url == null) {
            return;
        }
        if (!GateWorker.aside(() -> post(gate, url, kind, event))) {
            LOGGER.warning(
                    "The webhook of " + gate.getUrl() + " is left out: too many wait for servers that do not answer.");
        }
    }

    private static void post(VoteGate gate, String url, VoteListener.Kind kind, VoteEvent event) {
        try {
            check(
                    url,
                    DarwinReleasesConfiguration.get()
                            .webhooks()); // the list may have changed since the vote was opened
            byte[] body = body(gate, kind, event);
            String time = Long.toString(gate.now().getEpochSecond());
            HttpRequest.Builder request = ProxyConfiguration.newHttpRequestBuilder(URI.create(url))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("X-Darwin-Timestamp", time)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            String secretId = gate.header().webhookSecret();
            if (secretId != null) {
                StringCredentials secret =
                        CredentialsProvider.findCredentialById(secretId, StringCredentials.class, gate.getRun());
                if (secret == null) {
                    LOGGER.warning("No webhook for " + gate.getUrl() + ": there is no secret text '" + secretId
                            + "' that the job may use.");
                    return;
                }
                request.header(
                        "X-Darwin-Signature-256",
                        "sha256=" + hmac(secret.getSecret().getPlainText(), time, body));
            }
            int status = client().send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300) {
                LOGGER.warning("The webhook of " + gate.getUrl() + " answered " + status + ".");
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | ReleaseException e) {
            LOGGER.log(Level.WARNING, "The webhook of " + gate.getUrl() + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One for all, for each has a thread; made anew when the proxy is another. Follows no redirect: another address is nobody's wish. */
    private static synchronized HttpClient client() {
        ProxyConfiguration now = Jenkins.get().getProxy();
        if (client == null || proxy != now) {
            client = ProxyConfiguration.newHttpClientBuilder().build();
            proxy = now;
        }
        return client;
    }

    private static byte[] body(VoteGate gate, VoteListener.Kind kind, VoteEvent event) throws IOException {
        ObjectNode body = MAPPER.createObjectNode()
                .put("event", kind.name().toLowerCase(java.util.Locale.ROOT))
                .put("job", gate.getRun().getParent().getFullName())
                .put("build", gate.getRun().getNumber())
                .put("gate", gate.getUrl());
        if (event != null) {
            body.set("detail", MAPPER.readTree(VoteJson.line(event)));
        }
        body.set("vote", GateJson.state(gate));
        return MAPPER.writeValueAsBytes(body);
    }

    /** @param time as it stands in its header */
    static String hmac(String secret, String time, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
