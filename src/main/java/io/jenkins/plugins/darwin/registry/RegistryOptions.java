package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Progress;
import io.jenkins.plugins.darwin.network.HostCertificates;
import io.jenkins.plugins.darwin.network.NetworkSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How to reach a registry. Start from {@link #defaults} and change what differs.
 *
 * @param auth the credentials, for {@code authHosts} only; for other hosts {@code logins} is asked, once a server wants some
 * @param authHosts {@code host[:port]} that {@code auth} is for; empty set: for every registry opened with these options
 * @param logins where {@code docker login} and others left their credentials
 * @param network proxies on the way, and certificate authorities
 * @param certificates the folders {@code certs.d} of docker and podman
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
        Optional<Set<String>> authHosts,
        Optional<Logins> logins,
        Set<String> insecureHosts,
        NetworkSettings network,
        HostCertificates certificates,
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
        authHosts = authHosts.map(Set::copyOf);
    }

    /** No credentials, five attempts, 10 s to connect, 60 s idle, layouts relative to the working directory. */
    public static RegistryOptions defaults() {
        return new RegistryOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                NetworkSettings.none(),
                HostCertificates.none(),
                Progress.silent(),
                RetryPolicy.DEFAULT,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                0,
                Path.of("").toAbsolutePath(),
                (method, path) -> {},
                Clock.systemUTC());
    }

    /** Credentials for every registry that is opened with these options: for callers who open one. */
    public RegistryOptions withAuth(RegistryAuth value) {
        return new RegistryOptions(
                Optional.of(value),
                Optional.empty(),
                logins,
                insecureHosts,
                network,
                certificates,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    /** Credentials that belong to these hosts; all others get what {@code logins} has for them, or none. */
    public RegistryOptions withAuth(RegistryAuth value, Set<String> hosts) {
        return new RegistryOptions(
                Optional.of(value),
                Optional.of(hosts),
                logins,
                insecureHosts,
                network,
                certificates,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    /** The same credentials, if there are any, for these hosts only, and for no more than before. */
    public RegistryOptions withAuthHosts(Set<String> hosts) {
        return new RegistryOptions(
                auth,
                Optional.of(authHosts.isPresent() ? authHosts.get() : hosts),
                logins,
                insecureHosts,
                network,
                certificates,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withLogins(Logins value) {
        return new RegistryOptions(
                auth,
                authHosts,
                Optional.of(value),
                insecureHosts,
                network,
                certificates,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    /** One file of logins. */
    public RegistryOptions withDockerConfig(DockerConfig value) {
        return new RegistryOptions(
                auth,
                authHosts,
                Optional.of(Logins.of(value)),
                insecureHosts,
                network,
                certificates,
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
                authHosts,
                logins,
                value,
                network,
                certificates,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withNetwork(NetworkSettings value) {
        return new RegistryOptions(
                auth,
                authHosts,
                logins,
                insecureHosts,
                value,
                certificates,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                clock);
    }

    public RegistryOptions withCertificates(HostCertificates value) {
        return new RegistryOptions(
                auth,
                authHosts,
                logins,
                insecureHosts,
                network,
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
                authHosts,
                logins,
                insecureHosts,
                network,
                certificates,
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
                authHosts,
                logins,
                insecureHosts,
                network,
                certificates,
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
                authHosts,
                logins,
                insecureHosts,
                network,
                certificates,
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
                authHosts,
                logins,
                insecureHosts,
                network,
                certificates,
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
                authHosts,
                logins,
                insecureHosts,
                network,
                certificates,
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
                authHosts,
                logins,
                insecureHosts,
                network,
                certificates,
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
                authHosts,
                logins,
                insecureHosts,
                network,
                certificates,
                progress,
                retry,
                connectTimeout,
                idleTimeout,
                chunkBytes,
                layoutBase,
                listener,
                value);
    }

    /** Whether {@code auth} is meant for a server. @param host {@code host[:port]} */
    boolean authIsFor(String host) {
        return authHosts.isEmpty() || authHosts.get().contains(host);
    }
}
