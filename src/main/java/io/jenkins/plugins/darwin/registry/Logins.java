package io.jenkins.plugins.darwin.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All files in which {@code docker login}, {@code podman login}, {@code skopeo login}, {@code buildah login} and
 * {@code helm registry login} leave their credentials. The first that knows a registry counts.
 */
public record Logins(List<DockerConfig> files) {
    public Logins {
        files = List.copyOf(files);
    }

    /** One file. */
    public static Logins of(DockerConfig file) {
        return new Logins(List.of(file));
    }

    /**
     * The user's own, in this order: {@code REGISTRY_AUTH_FILE}; {@code DOCKER_CONFIG}; podman's {@code auth.json} below
     * {@code XDG_RUNTIME_DIR} and {@code XDG_CONFIG_HOME}; {@code ~/.docker/config.json}; {@code ~/.dockercfg}; helm's.
     */
    public static Logins ofUser(Map<String, String> environment) {
        List<DockerConfig> files = new ArrayList<>();
        Optional<Path> home = path(environment, "HOME");
        Optional<Path> config =
                path(environment, "XDG_CONFIG_HOME").or(() -> home.map(folder -> folder.resolve(".config")));
        path(environment, "REGISTRY_AUTH_FILE").map(DockerConfig::new).ifPresent(files::add);
        path(environment, "DOCKER_CONFIG")
                .map(folder -> new DockerConfig(folder.resolve("config.json")))
                .ifPresent(files::add);
        path(environment, "XDG_RUNTIME_DIR")
                .map(folder -> new DockerConfig(folder.resolve("containers/auth.json")))
                .ifPresent(files::add);
        config.map(folder -> new DockerConfig(folder.resolve("containers/auth.json")))
                .ifPresent(files::add);
        home.map(folder -> new DockerConfig(folder.resolve(".docker/config.json")))
                .ifPresent(files::add);
        home.map(folder -> new DockerConfig(folder.resolve(".dockercfg"))).ifPresent(files::add);
        path(environment, "HELM_REGISTRY_CONFIG")
                .or(() -> config.map(folder -> folder.resolve("helm/registry/config.json")))
                .map(DockerConfig::new)
                .ifPresent(files::add);
        return new Logins(files);
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    /**
     * The credentials for a repository.
     *
     * @param host as in a location, {@code host[:port]}
     * @param repository its whole name on that host, or empty text for the host alone
     */
    public Optional<RegistryAuth> lookup(String host, String repository) {
        return files.stream()
                .flatMap(file -> file.lookup(host, repository).stream())
                .findFirst();
    }
}
