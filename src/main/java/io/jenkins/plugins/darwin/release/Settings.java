package io.jenkins.plugins.darwin.release;

import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.openpgp.DetachedSigner;
import io.jenkins.plugins.darwin.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a use case is told from outside, by the command line or by a step.
 *
 * @param remote the repository being released
 * @param cache folder for kept mirrors, shared by all releases on this machine
 * @param config a configuration in the place of the repository's own {@code darwin-release.yaml}
 * @param registries how both registries are reached
 * @param dist folder that a candidate's folder is made in
 * @param environment what builds, and whoever looks for their tools, find around them; a build gets of it what it may have
 * @param commitKey opens the key that commits are signed with; empty where there is none
 */
public record Settings(
        GitRemote remote,
        Path cache,
        Optional<ConfigFile> config,
        RegistryOptions registries,
        Path dist,
        Clock clock,
        Map<String, String> environment,
        Optional<Supplier<DetachedSigner>> commitKey) {
    public Settings {
        environment = Map.copyOf(environment);
    }

    /** In the environment of this process. */
    public Settings(
            GitRemote remote,
            Path cache,
            Optional<ConfigFile> config,
            RegistryOptions registries,
            Path dist,
            Clock clock,
            Optional<Supplier<DetachedSigner>> commitKey) {
        this(remote, cache, config, registries, dist, clock, System.getenv(), commitKey);
    }

    /** With no key for commits, in the environment of this process. */
    public Settings(
            GitRemote remote,
            Path cache,
            Optional<ConfigFile> config,
            RegistryOptions registries,
            Path dist,
            Clock clock) {
        this(remote, cache, config, registries, dist, clock, Optional.empty());
    }

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "Settings[" + remote + ", " + dist + "]";
    }

    /**
     * A configuration from outside the repository.
     *
     * @param name for messages
     */
    public record ConfigFile(String name, byte[] content) {}
}
