package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.BuildOptions;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.model.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

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

    /** Our own secrets, whoever asks for them. */
    private static final Pattern OURS = Pattern.compile("DARWIN_.*|GITHUB_TOKEN|GITLAB_TOKEN");

    /** What opens a signing key, or names one. */
    private static final List<String> KEYS =
            List.of("DARWIN_SIGNING_KEY", "DARWIN_SIGNING_PASSPHRASE", "DARWIN_SIGNING_PASSPHRASE_FILE");

    private ChildEnvironment() {}

    /** Whether a build may be given this variable when its configuration names it. */
    static boolean mayHave(String variable) {
        return !OURS.matcher(variable.toUpperCase(java.util.Locale.ROOT)).matches();
    }

    /**
     * The allowed part of an environment, the variables that a build's configuration names, the time that tools take for "now"
     * (reproducible-builds.org), and what is released.
     *
     * @throws ReleaseException usage, when a variable that is named has no value here; refused, when trunk gives it to no build
     */
    static Map<String, String> of(BuildContext context, String image, BuildOptions options) {
        Map<String, String> child = new TreeMap<>(context.environment());
        Set<String> named = options.variables();
        for (String variable : named) {
            String wants = "Image " + image + " wants the variable " + ForeignText.shown(variable);
            if (!mayHave(variable)) {
                throw ReleaseException.usage(
                        wants + ", which may hold a secret of the release itself: no build gets it."
                                + " Name another in darwin-release.yaml.");
            }
            if (options.withheld().contains(variable)) {
                throw ReleaseException.refused(wants + ", which trunk's darwin-release.yaml gives to no build: what a"
                        + " build may see is decided on trunk. Name it there under 'env' or 'secrets' of an image.");
            }
            if (!child.containsKey(variable)) {
                throw ReleaseException.usage(wants + ", which has no value here: set it, or take it out of 'env' or"
                        + " 'secrets' of the image in darwin-release.yaml.");
            }
        }
        child.keySet().retainAll(named);
        child.putAll(plain(context.environment(), context.version(), context.commitTime()));
        child.put("RELEASE_COMMIT", context.commit().sha());
        return child;
    }

    /** The part without what a configuration names. */
    static Map<String, String> plain(Map<String, String> environment, Version version, Instant time) {
        Map<String, String> child = new TreeMap<>(environment);
        child.keySet().retainAll(ALLOWED);
        child.put("SOURCE_DATE_EPOCH", Long.toString(time.getEpochSecond()));
        child.put("RELEASE_VERSION", version.toString());
        return child;
    }

    /**
     * A warning when a project's own scripts run beside a signing key. They get none of these variables, but a process of the
     * same user can read the environment that this one was started with.
     *
     * @param scripts that run, for people
     */
    static Optional<String> warning(Map<String, String> environment, Collection<String> scripts) {
        List<String> set = KEYS.stream()
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .toList();
        return set.isEmpty() || scripts.isEmpty()
                ? Optional.empty()
                : Optional.of("WARNING: " + String.join(", ", set) + (set.size() == 1 ? " is" : " are")
                        + " in this process's environment, where a script of the same user can read it, while "
                        + String.join(
                                ", ", scripts.stream().map(ForeignText::shown).toList())
                        + (scripts.size() == 1 ? " runs" : " run")
                        + ". Build without it; only signing and what comes after needs it.");
    }
}
