package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns what a server answered into words. */
final class Reasons {
    private static final int SHOWN = 16 * 1024;

    private Reasons() {}

    /** The one form of all our sentences. */
    static ReleaseException failure(String action, String reason, Throwable cause) {
        return new RegistryFailure(
                ReleaseException.Kind.FAILED,
                action,
                reason,
                cause,
                cause instanceof ReleaseException known ? known.next() : List.of());
    }

    /** The same for a failure that may have that form already, told where it was met. */
    static ReleaseException told(String action, ReleaseException failure) {
        return failure instanceof RegistryFailure ? failure : failure(action, failure.getMessage(), failure);
    }

    /** What is there is not what its digest says: no failure of the registry, and not to be gone on with. */
    static ReleaseException damaged(String action, String reason) {
        return new RegistryFailure(ReleaseException.Kind.REFUSED, action, reason, null, List.of());
    }

    /** Marks a failure whose fault is the content that was read, not the way to it. */
    static final class NotAManifest extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAManifest(Throwable cause) {
            super(cause);
        }
    }

    /** Marks a manifest that was refused because of something that somebody else may have been writing at that moment. */
    static final class Raced extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static boolean isRaced(ReleaseException failure) {
        return hasCause(failure, Raced.class);
    }

    /** Marks a 401 or 403: the server knows who asks, or wants to, and does not say what is there. */
    static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Marks that what was asked for is not there, while the registry itself answers. */
    static final class NotThere extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static boolean isDenied(ReleaseException failure) {
        return hasCause(failure, Denied.class);
    }

    /** Whether a failure tells of content that is damaged, exchanged, gone or no manifest: asking again gives the same. */
    static boolean isAboutContent(ReleaseException failure) {
        return failure.kind() == ReleaseException.Kind.REFUSED
                || hasCause(failure, NotAManifest.class)
                || hasCause(failure, NotThere.class)
                || hasCause(failure, JsonProcessingException.class);
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> marker) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (marker.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a registry says that the bytes which arrived are not those that were announced. */
    static boolean saysSpoilt(Reason reason) {
        return !Collections.disjoint(reason.codes(), Set.of("DIGEST_INVALID", "MANIFEST_INVALID", "SIZE_INVALID"));
    }

    static boolean isTransient(int status) {
        return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
    }

    /** Why a request with this answer failed. Reads the body. */
    static Reason of(Answer answer, Authorizer authorizer, List<String> scopes) {
        byte[] body;
        try {
            body = answer.bytes(SHOWN);
        } catch (IOException e) {
            body = new byte[0];
        }
        Set<String> codes = new HashSet<>();
        String said = authorizer.withoutSecrets(said(body, codes));
        String meaning = meaning(answer.status(), new String(body, StandardCharsets.UTF_8), authorizer, scopes);
        return new Reason(
                meaning + " (" + answer.status() + (said.isEmpty() ? "" : ", " + said) + ")",
                codes,
                next(answer.status(), authorizer, scopes));
    }

    private static List<Next> next(int status, Authorizer authorizer, List<String> scopes) {
        return switch (status) {
            case 401 ->
                authorizer.anonymous(scopes)
                        ? List.of(new Next(Next.Act.LOG_IN_TO_REGISTRY, authorizer.host()))
                        : List.of();
            case 407 -> List.of(Next.of(Next.Act.NAME_PROXY));
            default -> List.of();
        };
    }

    private static String meaning(int status, String body, Authorizer authorizer, List<String> scopes) {
        return switch (status) {
            case 401 ->
                authorizer.anonymous(scopes)
                        ? "the registry wants credentials and none are known for it"
                        : "the registry does not accept " + authorizer.who(scopes);
            case 403 -> "the registry does not allow this to " + authorizer.who(scopes);
            case 404 -> "the registry does not know it";
            case 405 -> "the registry is read-only or does not allow this";
            case 407 -> "the proxy on the way wants a user and password";
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
    private static String said(byte[] body, Set<String> codes) {
        if (body.length == 0) {
            return "";
        }
        try {
            StringBuilder said = new StringBuilder();
            for (JsonNode error : Json.object(body, "the answer").path("errors")) {
                codes.add(error.path("code").asText());
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
