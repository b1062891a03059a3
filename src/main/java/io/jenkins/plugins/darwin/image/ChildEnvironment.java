package io.jenkins.plugins.darwin.image;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of build tools and scripts: a list of what they may have, so that no secret of ours is ever among it,
 * whatever its name.
 */
final class ChildEnvironment {
    /** What finds programs, speaks a language, reaches a network and a daemon; paths and addresses, no secrets. */
    private static final Set<String> ALLOWED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "XDG_RUNTIME_DIR",
            "XDG_CONFIG_HOME",
            "DOCKER_HOST",
            "DOCKER_CONTEXT",
            "DOCKER_CONFIG",
            "DOCKER_CERT_PATH",
            "DOCKER_TLS_VERIFY",
            "CONTAINER_HOST",
            "REGISTRY_AUTH_FILE",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "JAVA_HOME",
            "KUBECONFIG");

    private ChildEnvironment() {}

    /** The allowed part of an environment, and the time that tools take for "now" (reproducible-builds.org). */
    static Map<String, String> of(BuildContext context) {
        Map<String, String> child = new TreeMap<>(context.environment());
        child.keySet().retainAll(ALLOWED);
        child.put("SOURCE_DATE_EPOCH", Long.toString(context.commitTime().getEpochSecond()));
        return child;
    }
}
