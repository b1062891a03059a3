package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Turns what a server answered into words. */
final class Reasons {
    private static final int SHOWN = 16 * 1024;

    private Reasons() {}

    /** The one form of all our sentences. */
    static ReleaseException failure(String action, String reason, Throwable cause) {
        return ReleaseException.failed("Tried to " + action + " but failed because: " + reason + ".", cause);
    }

    /** What is there is not what its digest says: no failure of the registry, and not to be gone on with. */
    static ReleaseException damaged(String action, String reason) {
        return ReleaseException.refused("Tried to " + action + " but failed because: " + reason + ".");
    }

    /** Marks a failure whose fault is the content that was read, not the way to it. */
    static final class NotAManifest extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAManifest(Throwable cause) {
            super(cause);
        }
    }

    /** Marks a 401 or 403: the server knows who asks, or wants to, and does not say what is there. */
    static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static boolean isDenied(ReleaseException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Denied) {
                return true;
            }
        }
        return false;
    }

    /** Whether a failure tells of content that is damaged, exchanged or no manifest: asking again gives the same. */
    static boolean isAboutContent(ReleaseException failure) {
        return failure.kind() == ReleaseException.Kind.REFUSED || failure.getCause() instanceof NotAManifest;
    }

    static boolean isTransient(int status) {
        return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
    }

    /** Why a request with this answer failed. Reads the body. */
    static String of(Answer answer, Authorizer authorizer, List<String> scopes) {
        byte[] body;
        try {
            body = answer.bytes(SHOWN);
        } catch (IOException e) {
            body = new byte[0];
        }
        String said = authorizer.withoutSecrets(said(body));
        String meaning = meaning(answer.status(), new String(body, StandardCharsets.UTF_8), authorizer, scopes);
        return meaning + " (" + answer.status() + (said.isEmpty() ? "" : ", " + said) + ")";
    }

    private static String meaning(int status, String body, Authorizer authorizer, List<String> scopes) {
        return switch (status) {
            case 401 ->
                authorizer.anonymous(scopes)
                        ? "the registry wants credentials and none are known for it: log in with 'docker login "
                                + authorizer.host()
                                + "' or 'podman login', or set DARWIN_REGISTRY_USER and DARWIN_REGISTRY_PASSWORD for the"
                                + " hosts that trunk's configuration names (registryCredentials in Jenkins)"
                        : "the registry does not accept " + authorizer.who(scopes);
            case 403 -> "the registry does not allow this to " + authorizer.who(scopes);
            case 404 -> "the registry does not know it";
            case 405 -> "the registry is read-only or does not allow this";
            case 407 -> "the proxy on the way wants a user and password: https_proxy=http://USER:PASSWORD@HOST:PORT";
            case 409, 412 -> "the registry's own rules keep what is there, such as tags that never move";
            case 413 -> "it is larger than the registry or a proxy before it takes";
            case 429 -> "the registry got too many requests";
            case 507 -> "the registry's disk is full";
            // docker-registry hides "no space left on device" (errno 28) and "quota" (122) in the detail of a 500.
            default ->
                body.contains("\"Err\":28") || body.contains("\"Err\":122") || body.contains("no space left")
                        ? "the registry's disk is full"
                        : status >= 500
                                ? "the registry failed"
                                : status >= 300 && status < 400
                                        ? "the registry sent us elsewhere in a way that we can't follow"
                                        : "the registry did not accept it";
        };
    }

    /** The errors of a proper answer (OCI distribution 1.1, "Error Codes"); of any other kind, that it is no registry's. */
    private static String said(byte[] body) {
        if (body.length == 0) {
            return "";
        }
        try {
            StringBuilder said = new StringBuilder();
            for (JsonNode error : Json.object(body, "the answer").path("errors")) {
                said.append(said.isEmpty() ? "" : "; ")
                        .append(error.path("code").asText())
                        .append(": ")
                        .append(error.path("message").asText());
            }
            return Json.printable(said.toString());
        } catch (ReleaseException e) {
            return "with an answer that is not a registry's";
        }
    }

    /** What the server asked for in seconds or as a date (RFC 9110, 10.2.3), or zero. */
    static Duration retryAfter(Answer answer, Clock clock) {
        String value = answer.header("Retry-After").orElse("0");
        try {
            return value.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
