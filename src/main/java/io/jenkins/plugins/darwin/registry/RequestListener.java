package io.jenkins.plugins.darwin.registry;

/**
 * Told of every request just before it is sent (each attempt counts), by the thread that sends it. For a layout, told of each
 * change as if it were a request.
 */
@FunctionalInterface
public interface RequestListener {
    /**
     * @param method such as {@code HEAD} or {@code PUT}
     * @param path of the URL or file, without its query, which may hold secrets
     */
    void request(String method, String path);

    /** Whether a request of this method may change the registry. */
    static boolean mutating(String method) {
        return switch (method) {
            case "PUT", "POST", "PATCH", "DELETE" -> true;
            default -> false;
        };
    }
}
