package io.jenkins.plugins.darwin.testing;

import java.util.Optional;

/**
 * A request as it went over the wire.
 *
 * @param path with its query
 * @param authorization the header, if there was one
 */
public record WireRequest(String method, String path, Optional<String> authorization) {
    /** Whether it may change the registry: PUT, POST, PATCH, DELETE. */
    public boolean mutating() {
        return switch (method) {
            case "PUT", "POST", "PATCH", "DELETE" -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
