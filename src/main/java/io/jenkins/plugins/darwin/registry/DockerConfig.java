package io.jenkins.plugins.darwin.registry;

import java.nio.file.Path;
import java.util.Optional;

/** The credentials that {@code docker login} (or podman, skopeo, helm) left in {@code config.json}. */
public final class DockerConfig {
    private final Path file;

    public DockerConfig(Path file) {
        this.file = file;
    }

    /** The credentials for a registry; empty when there are none. @param host as in a location, {@code host[:port]} */
    public Optional<RegistryAuth> lookup(String host) {
        throw new UnsupportedOperationException(host + file);
    }
}
