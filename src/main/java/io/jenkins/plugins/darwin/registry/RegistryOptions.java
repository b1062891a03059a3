package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How to reach a registry. Start from {@link #defaults} and change what differs.
 *
 * @param auth the credentials; without them {@code dockerConfig} is asked, once a server wants some
 * @param dockerConfig where {@code docker login} left its credentials
 * @param insecureHosts {@code host} or {@code host:port} that may be spoken to over plain http though they are not
 *     loopback; credentials are not sent to them
 * @param progress told of pauses before another attempt
 * @param connectTimeout for one connection
 * @param idleTimeout how long nothing may move during a request before it counts as dropped
 * @param chunkBytes blobs larger than this are uploaded in chunks of this size, so that a dropped connection costs one
 *     chunk; 0 for whole blobs in one request, which every registry takes
 * @param layoutBase what relative layout paths are relative to
 * @param listener told of every request
 * @param clock for the age of tokens
 */
public record RegistryOptions(
        Optional<RegistryAuth> auth,
        Optional<DockerConfig> dockerConfig,
        Set<String> insecureHosts,
        Progress progress,
        RetryPolicy retry,
        Duration connectTimeout,
        Duration idleTimeout,
        long chunkBytes,
        Path layoutBase,
        RequestListener listener,
        Clock clock) {

    public RegistryOptions {
        insecureHosts = Set.copyOf(insecureHosts);
    }

    /** No credentials, five attempts, 10 s to connect, 60 s idle, layouts relative to the working directory. */
    public static RegistryOptions defaults() {
        return new RegistryOptions(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Progress.silent(),
                RetryPolicy.DEFAULT,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                0,
                Path.of("").toAbsolutePath(),
                (method, path) -> {},
                Clock.systemUTC());
    }

    public RegistryOptions withAuth(RegistryAuth value) {
        return new RegistryOptions(
                Optional.of(value),
                dockerConfig,
                insecureHosts,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withDockerConfig(DockerConfig value) {
        return new RegistryOptions(
                auth,
                Optional.of(value),
                insecureHosts,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withInsecureHosts(Set<String> value) {
        return new RegistryOptions(
                auth,
                dockerConfig,
                value,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withProgress(Progress value) {
        return new RegistryOptions(
                auth,
                dockerConfig,
                insecureHosts,
                value,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withRetry(RetryPolicy value) {
        return new RegistryOptions(
                auth,
                dockerConfig,
                insecureHosts,
                progress,
                value,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withIdleTimeout(Duration value) {
        return new RegistryOptions(
                auth,
                dockerConfig,
                insecureHosts,
                progress,
                retry,
                connectTimeout,
                value,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withChunkBytes(long value) {
        return new RegistryOptions(
                auth,
                dockerConfig,
                insecureHosts,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                value,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withLayoutBase(Path value) {
        return new RegistryOptions(
                auth,
                dockerConfig,
                insecureHosts,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                value.toAbsolutePath(),
                listener,
                clock);
    }

    public RegistryOptions withListener(RequestListener value) {
        return new RegistryOptions(
                auth,
                dockerConfig,
                insecureHosts,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                value,
                clock);
    }

    public RegistryOptions withClock(Clock value) {
        return new RegistryOptions(
                auth,
                dockerConfig,
                insecureHosts,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                value);
    }
}
