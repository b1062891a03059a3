package io.jenkins.plugins.darwin.jenkins.vote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** An HTTP status with a JSON body. */
final class GateAnswer implements HttpResponse {
    static final int OK = 200;
    static final int CREATED = 201;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int CONFLICT = 409;
    static final int UNAVAILABLE = 503;
    static final String BUILD_ENDED = "The build has ended, and the vote with it.";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final int status;
    private final ObjectNode body;

    GateAnswer(int status, ObjectNode body) {
        this.status = status;
        this.body = body;
    }

    static GateAnswer error(int status, String sentence) {
        return new GateAnswer(status, object().put("error", sentence));
    }

    /** What went wrong, or nothing. */
    Optional<String> error() {
        return Optional.ofNullable(body.get("error")).map(JsonNode::asText);
    }

    int status() {
        return status;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** 400 for what is wrong with the request, 409 for what the vote's state forbids, 503 for what failed here. */
    static GateAnswer of(Supplier<GateAnswer> work) {
        try {
            return work.get();
        } catch (ReleaseException e) {
            return error(
                    switch (e.kind()) {
                        case USAGE -> BAD_REQUEST;
                        case REFUSED -> CONFLICT;
                        case FAILED -> UNAVAILABLE;
                    },
                    e.getMessage());
        }
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write((MAPPER.writeValueAsString(body) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
