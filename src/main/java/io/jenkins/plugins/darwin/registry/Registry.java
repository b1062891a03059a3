package io.jenkins.plugins.darwin.registry;

/**
 * A place that holds repositories: a path on a server ({@code 127.0.0.1:5000/staging}) or a directory of OCI image
 * layouts. Safe for several threads; a directory is safe for several processes, too.
 *
 * <p>Every failure is a {@link io.jenkins.plugins.darwin.model.ReleaseException} whose message says what was tried, where,
 * and why it failed; it never holds a secret. A thread that is interrupted stops within seconds, with its interrupt flag set.
 */
public interface Registry {
    /** As it was opened, without a trailing slash: {@code 127.0.0.1:5000/staging} or {@code oci-layout:/x/registry}. */
    String location();

    /**
     * Names a repository; it need not exist, and nothing is asked or made.
     *
     * @param path under the location, such as {@code darwin-compute} or {@code rc1/charts/darwin}, by the name grammar of
     *     OCI distribution 1.1
     */
    Repository repository(String path);

    /** Proves that the registry can be reached and takes our credentials. Changes nothing. */
    void ping();
}
